namespace Tracera.Abstractions.Tests.History;

public sealed class BarLevelsTests
{
    [Fact]
    public void Widths_OfEachLevel_AreMultiplesOfTheOneBefore()
    {
        Assert.Equal([1, 15, 60, 360, 1_440, 10_080], BarLevels.All.Select(level => (int)level.Width().TotalMinutes));
        Assert.Equal(["1m", "15m", "1h", "6h", "1d", "7d"], BarLevels.All.Select(level => level.Name()));
    }

    [Theory]
    [InlineData(BarLevel.Minute1, "2026-11-22T05:43:42.123456Z", "2026-11-22T05:43:00Z")]
    [InlineData(BarLevel.Minute15, "2026-11-22T05:43:42Z", "2026-11-22T05:30:00Z")]
    [InlineData(BarLevel.Hour1, "2026-11-22T05:59:59.999999Z", "2026-11-22T05:00:00Z")]
    [InlineData(BarLevel.Hour6, "2026-11-22T05:43:42Z", "2026-11-22T00:00:00Z")]
    [InlineData(BarLevel.Day1, "2026-11-22T23:59:59Z", "2026-11-22T00:00:00Z")]
    [InlineData(BarLevel.Day7, "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z")]
    [InlineData(BarLevel.Day7, "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData(BarLevel.Day7, "1999-12-31T12:00:00Z", "1999-12-27T00:00:00Z")]
    [InlineData(BarLevel.Minute15, "1969-12-31T23:59:59Z", "1969-12-31T23:45:00Z")]
    public void Floor_OfAnInstant_IsTheStartOfItsBucket(BarLevel level, string instant, string start) =>
        Assert.Equal(Instant(start), level.Floor(Instant(instant)));

    [Fact]
    public void Floor_OfAnyInstant_HoldsItInWholeBuckets()
    {
        var random = new Random(21);
        for (var round = 0; round < 1_000; round++)
        {
            var instant = random.NextInt64(-4_000_000_000_000_000, 4_000_000_000_000_000);
            foreach (var level in BarLevels.All)
            {
                var start = level.Floor(instant);
                Assert.InRange(instant - start, 0, level.WidthMicroseconds() - 1);
                Assert.Equal(start, level.Floor(start));
                Assert.Equal(start - level.WidthMicroseconds(), level.Floor(start - 1));
            }
        }
    }

    [Fact]
    public void TryParse_OfEveryName_FindsTheLevel()
    {
        foreach (var level in BarLevels.All)
        {
            Assert.True(BarLevels.TryParse(level.Name(), out var found));
            Assert.Equal(level, found);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1H")]
    [InlineData("24h")]
    public void TryParse_OfAnotherText_SaysNo(string? name) => Assert.False(BarLevels.TryParse(name, out _));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
