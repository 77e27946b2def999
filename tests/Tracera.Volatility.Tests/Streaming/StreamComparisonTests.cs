using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Streaming;

public sealed class StreamComparisonTests
{
    private static readonly TimeSpan Hour = VolatilityOptions.DefaultComparisonInterval;

    [Fact]
    public async Task Compare_SampleAgrees_CountsItsWindows()
    {
        using var rig = new StreamRig();
        await StartAsync(rig);
        await rig.PassAsync(Hour);
        Assert.Equal((8, 0), Counted(rig));
        Assert.Equal((1, 0), (rig.ComparisonLog.Times(4401), rig.ComparisonLog.Times(4400)));
    }

    [Fact]
    public async Task Compare_StoreHoldsATickThatNeverPassed_CountsTheMismatchAndReadsTheSeriesAgain()
    {
        using var rig = new StreamRig();
        await StartAsync(rig);
        rig.History.Add(Some.Series(1), 50m, Some.Instant.AddMinutes(-1));
        await rig.PassAsync(Hour);

        // The hour's window has slid beyond the tick, so three of the four differ.
        Assert.Equal((8, 3), Counted(rig));
        Assert.Equal((0, 1), (rig.ComparisonLog.Times(4401), rig.ComparisonLog.Times(4400)));
        Assert.Null(rig.Stream.Newest(Some.Series(1)));
        var day = Assert.Single(await rig.PassAsync(TimeSpan.FromSeconds(1)), snapshot => snapshot.Series.Item.Value == 1 && snapshot.Window == Window.Day1);
        Assert.Equal(3, day.Count);
        await rig.PassAsync(Hour);
        Assert.Equal((16, 3), Counted(rig));
    }

    [Fact]
    public async Task Compare_BeforeItsTime_ReadsNothing()
    {
        using var rig = new StreamRig();
        await StartAsync(rig);
        await rig.PassAsync(Hour - TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), Counted(rig));
    }

    [Fact]
    public async Task Compare_SampleOfNone_NeverCompares()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 0 });
        await StartAsync(rig);
        await rig.PassAsync(Hour);
        Assert.Equal((0, 0), Counted(rig));
    }

    [Fact]
    public async Task Compare_TickOnItsWayToTheStore_LeavesItsSeriesOut()
    {
        using var rig = new StreamRig();
        await StartAsync(rig);
        rig.Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        await rig.OfferAsync(1, 6m);
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((4, 0), Counted(rig));
    }

    [Fact]
    public async Task Compare_SampleSmallerThanAll_IsAnotherEachTime()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 1 });
        await StartAsync(rig);
        rig.History.Add(Some.Series(2), 50m, Some.Instant.AddMinutes(-1));
        await rig.PassAsync(Hour);
        Assert.Equal((4, 0), Counted(rig));
        await rig.PassAsync(Hour);
        Assert.Equal((8, 3), Counted(rig));
    }

    private static async Task StartAsync(StreamRig rig)
    {
        await rig.TickAsync(1, 5m, Some.Instant.AddMinutes(-2));
        await rig.TickAsync(2, 7m, Some.Instant.AddMinutes(-2));
        await rig.PassAsync();
        await rig.TickAsync(1, 5.5m);
        await rig.TickAsync(2, 7.5m);
    }

    private static (int Compared, int Mismatches) Counted(StreamRig rig) =>
        ((int)rig.Meters[VolatilityInstruments.Compared], (int)rig.Meters[VolatilityInstruments.Mismatches]);
}
