namespace Tracera.Abstractions.Tests.History;

public sealed class WindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 5, 43, 42, TimeSpan.Zero);

    [Fact]
    public void All_Windows_AreWholeBucketsOfTheirName()
    {
        Assert.Equal(["1h", "24h", "7d", "30d"], Window.All.Select(window => window.Name));
        Assert.Equal([1, 24, 168, 720], Window.All.Select(window => window.Length.TotalHours));
        Assert.Equal([60, 96, 168, 120], Window.All.Select(window => window.Buckets));
        Assert.Equal([0, 1, 2, 3], Window.All.Select(window => window.Index));
        Assert.Equal([525_600, 35_040, 8_760, 1_460], Window.All.Select(window => window.BucketsPerYear));
    }

    [Fact]
    public void StartAt_OfNow_LeavesThePresentInTheLastBucket()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 4, 44, 0, TimeSpan.Zero), Window.Hour1.StartAt(Now));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 5, 45, 0, TimeSpan.Zero), Window.Day1.StartAt(Now));
        Assert.Equal(new DateTimeOffset(2026, 11, 15, 6, 0, 0, TimeSpan.Zero), Window.Day7.StartAt(Now));
        Assert.Equal(new DateTimeOffset(2026, 10, 23, 6, 0, 0, TimeSpan.Zero), Window.Day30.StartAt(Now));
    }

    [Fact]
    public void TryParse_OfEveryName_FindsTheWindow()
    {
        foreach (var window in Window.All)
        {
            Assert.True(Window.TryParse(window.Name, out var found));
            Assert.Same(window, found);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1d")]
    [InlineData("")]
    public void TryParse_OfAnotherText_SaysNo(string? name) => Assert.False(Window.TryParse(name, out _));
}
