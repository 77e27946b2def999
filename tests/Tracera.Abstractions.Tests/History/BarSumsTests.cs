namespace Tracera.Abstractions.Tests.History;

public sealed class BarSumsTests
{
    private const long Minute = 60 * UnixTime.MicrosecondsPerSecond;
    private const double Tolerance = 1e-14;

    public static TheoryData<decimal, decimal> Levels => new()
    {
        { 100m, 0.01m }, { 100_000m, 0.0001m }, { 1_000_000_000m, 0.001m }, { 0.0000002m, 0.000000001m },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void ToMoments_OfAnyLevel_EqualsTheExactComputation(decimal level, decimal movement)
    {
        var random = new Random(17);
        for (var round = 0; round < 50; round++)
        {
            var ticks = Ticks(random, level, movement, random.Next(1, 200), 60 * Minute);

            var moments = SumOf(ticks).ToMoments(ticks[0].Price);

            AssertClose(ExactMoments.Of(ticks, ticks[0].Price), moments);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Add_OfShuffledTicksInAnyGrouping_GivesTheSameSums(decimal level, decimal movement)
    {
        var random = new Random(18);
        for (var round = 0; round < 50; round++)
        {
            var ticks = Ticks(random, level, movement, random.Next(2, 100), 60 * Minute);
            var expected = SumOf(ticks);
            var parts = ticks.Select(tick => BarSums.Of(tick.Price, tick.Time)).ToList();

            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts));
            while (parts.Count > 1)
            {
                var at = random.Next(parts.Count - 1);
                parts[at] += parts[at + 1];
                parts.RemoveAt(at + 1);
            }

            Assert.Equal(expected, parts[0]);
        }
    }

    [Fact]
    public void Shift_OfNarrowBuckets_GivesTheSumsOfTheWideOne()
    {
        var random = new Random(19);
        for (var round = 0; round < 50; round++)
        {
            var ticks = Ticks(random, 100_000m, 0.0001m, 120, 15 * Minute);

            var buckets = ticks.GroupBy(tick => tick.Time / Minute)
                .Select(bucket => SumOf([.. bucket.Select(tick => (tick.Price, tick.Time - (bucket.Key * Minute)))]).Shift(bucket.Key * Minute));

            Assert.Equal(SumOf(ticks), buckets.Aggregate(default(BarSums), (a, b) => a + b));
        }
    }

    [Fact]
    public void Subtract_OfWhatWasAdded_GivesBackTheMomentsBefore()
    {
        var random = new Random(20);
        var ticks = Ticks(random, 1_000_000_000m, 0.001m, 50, Minute);
        var before = SumOf(ticks);

        var after = before + BarSums.Of(12.3456789m, 5) - BarSums.Of(12.3456789m, 5);

        Assert.Equal(before.Count, after.Count);
        Assert.Equal(7, after.Scale);
        AssertClose(before.ToMoments(ticks[0].Price), after.ToMoments(ticks[0].Price));
    }

    [Fact]
    public void Of_PriceWithEveryDigit_IsExact()
    {
        var sums = BarSums.Of(decimal.MaxValue, 0) + BarSums.Of(0.0000000000000000000000000001m, 0);

        Assert.Equal(28, sums.Scale);
        Assert.Equal("792281625142643375935439503350000000000000000000000000001", sums.Price.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void ToMoments_WithoutTick_IsAllZero() => Assert.Equal(default, default(BarSums).ToMoments(5m));

    [Fact]
    public void ToMoments_OfEqualPrices_HasNoSpread()
    {
        var moments = (BarSums.Of(1234567.891m, 7) + BarSums.Of(1234567.8910m, 9_000_000)).ToMoments(1234567.891m);

        Assert.Equal((2L, 0d, 0d, 0d), (moments.Count, moments.Mean, moments.M2, moments.CoMoment));
    }

    private static BarSums SumOf(IReadOnlyList<(decimal Price, long Time)> ticks) =>
        ticks.Aggregate(default(BarSums), (sums, tick) => sums + BarSums.Of(tick.Price, tick.Time));

    private static List<(decimal Price, long Time)> Ticks(Random random, decimal level, decimal movement, int count, long span) =>
        [.. Enumerable.Range(0, count).Select(_ => (level + (movement * random.Next(-1_000, 1_001) / 1_000m), random.NextInt64(span)))];

    private static void AssertClose(BarMoments expected, BarMoments actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        AssertClose(expected.Mean, actual.Mean);
        AssertClose(expected.M2, actual.M2);
        AssertClose(expected.TimeMean, actual.TimeMean);
        AssertClose(expected.TimeM2, actual.TimeM2);
        AssertClose(expected.CoMoment, actual.CoMoment);
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Abs(expected), $"Expected {expected:R}, got {actual:R}.");
}
