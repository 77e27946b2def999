using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Worker;

public sealed class VolatilityWorkerTests
{
    [Fact]
    public async Task FirstPass_WhateverWasActiveInTheLongestWindow_IsComputed()
    {
        await using var rig = new WorkerRig();
        rig.History.Add(Some.Series(1), 5m, Some.Instant.AddDays(-29));
        rig.History.Add(Some.Series(2), 5m, Some.Instant.AddDays(-40));
        rig.History.Add(Some.Series(3), 5m, Some.Instant);
        await rig.BeginAsync();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        Assert.Equal([Some.Series(1), Some.Series(3)], rig.History.SeriesRead.Distinct());
        Assert.Equal(Window.All, rig.History.Reads.Select(read => read.Window));
        var expected = new[] { (Some.Series(1), "30d"), (Some.Series(3), "1h"), (Some.Series(3), "24h"), (Some.Series(3), "7d"), (Some.Series(3), "30d") };
        var published = rig.Publisher.Take().Select(snapshot => (snapshot.Series, snapshot.Window.Name));
        Assert.Equal(expected.ToHashSet(), published.ToHashSet());
        Assert.Equal(1, rig.Log.Times(4000));
    }

    [Fact]
    public async Task FirstFigures_PricesThatArriveRightAfterTheStart_AreThereWithinSeconds()
    {
        await using var rig = new WorkerRig();
        await rig.BeginAsync();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        rig.Tick(1, 5m);
        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(4, rig.Publisher.Count);
        rig.Tick(2, 5m);
        await rig.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(8, rig.Publisher.Count);
    }

    [Fact]
    public async Task Pass_OneSeriesOfTwoChanged_ReadsAndPublishesOnlyIt()
    {
        await using var rig = new WorkerRig();
        rig.Tick(1, 5m);
        rig.Tick(2, 5m);
        await rig.StartAsync();
        rig.Publisher.Take();
        rig.History.ForgetReads();
        rig.Tick(2, 6m);
        await rig.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Empty(rig.History.Reads);
        await rig.AdvanceAsync();
        Assert.Equal([Some.Series(2)], rig.History.SeriesRead.Distinct());
        var published = rig.Publisher.Take();
        Assert.Equal(Window.All, published.Select(snapshot => snapshot.Window));
        Assert.All(published, snapshot => Assert.Equal(2, snapshot.Count));
    }

    [Fact]
    public async Task Pass_SeriesReadAgainWithoutAChange_IsCachedButNotPublished()
    {
        await using var rig = new WorkerRig(new VolatilityOptions { Lookback = TimeSpan.FromMinutes(10) });
        rig.Tick(1, 5m);
        await rig.StartAsync();
        Assert.Equal(4, rig.Publisher.Take().Length);
        await rig.AdvanceAsync();
        Assert.Empty(rig.Publisher.Take());
        var cached = await rig.Cache.GetAsync([new ItemId(1)], Window.Hour1, WorkerRig.Token);
        Assert.Equal(rig.Clock.GetUtcNow(), Assert.Single(cached).ComputedAt);
    }

    [Fact]
    public async Task Pass_WindowSlidesOverItsLastTick_PublishesTheEmptyWindow()
    {
        await using var rig = new WorkerRig();
        rig.Tick(1, 5m);
        await rig.StartAsync();
        rig.Publisher.Take();
        await rig.AdvanceAsync(TimeSpan.FromMinutes(58));
        Assert.Empty(rig.Publisher.Take());
        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        var snapshot = Assert.Single(rig.Publisher.Take());
        Assert.Equal((Window.Hour1, 0), (snapshot.Window, snapshot.Count));
        rig.History.ForgetReads();
        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(rig.History.Reads, read => read.Window == Window.Hour1);
    }

    [Fact]
    public async Task Pass_WithoutATick_ComputesEachWindowOncePerBucket()
    {
        await using var rig = new WorkerRig();
        rig.Tick(1, 5m);
        await rig.StartAsync();
        rig.History.ForgetReads();
        for (var i = 0; i < 90; i++)
        {
            await rig.AdvanceAsync();
        }

        Assert.Equal(15, rig.History.Reads.Count(read => read.Window == Window.Hour1));
        Assert.Equal(1, rig.History.Reads.Count(read => read.Window == Window.Day1));
        Assert.DoesNotContain(rig.History.Reads, read => read.Window == Window.Day7);
    }

    [Fact]
    public async Task Pass_SilentForTheLongestWindow_LetsGoOfTheSeries()
    {
        await using var rig = new WorkerRig();
        rig.Tick(1, 5m);
        await rig.StartAsync();
        Assert.Equal(1, rig.Book.Count);
        await rig.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal(0, rig.Book.Count);
        Assert.Equal(0, rig.Meters[VolatilityInstruments.Series]);
        Assert.Empty(await rig.Cache.GetAsync([new ItemId(1)], null, WorkerRig.Token));
    }

    [Fact]
    public async Task Pass_TickObservedAheadOfTheClock_EntersWhenItsTimeHasCome()
    {
        await using var rig = new WorkerRig();
        rig.History.Add(Some.Series(1), 5m, Some.Instant.AddMinutes(4), Some.Instant);
        await rig.StartAsync();
        Assert.DoesNotContain(rig.Publisher.Take(), snapshot => snapshot.Window == Window.Hour1);
        await rig.AdvanceAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(Window.Hour1, Assert.Single(rig.Publisher.Take()).Window);
    }

    [Fact]
    public async Task Pass_MoreSeriesThanAPage_ReadsThemByPages()
    {
        await using var rig = new WorkerRig(new VolatilityOptions { PageSize = 3, Windows = ["24h", "1h"] });
        for (var item = 1; item <= 7; item++)
        {
            rig.Tick(item, item);
        }

        await rig.BeginAsync();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        Assert.Equal([3, 3, 3, 3, 1, 1], rig.History.Reads.Select(read => read.Series));
        Assert.Equal(14, rig.Publisher.Count);
        Assert.Equal(14, rig.Meters[VolatilityInstruments.Computed]);
    }

    [Fact]
    public async Task Pass_MoreSeriesThanAllowed_RefusesAndCountsThem()
    {
        await using var rig = new WorkerRig(new VolatilityOptions { MaxSeries = 2 });
        rig.Tick(1, 5m);
        rig.Tick(2, 5m);
        rig.Tick(3, 5m);
        await rig.BeginAsync();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        Assert.Equal([Some.Series(1), Some.Series(2)], rig.History.SeriesRead.Distinct());
        Assert.Equal(1, rig.Meters[VolatilityInstruments.SeriesRefused]);
        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, rig.Log.Times(4005));
    }

    [Fact]
    public async Task Start_SwitchedOff_ReadsNothing()
    {
        await using var rig = new WorkerRig(new VolatilityOptions { Enabled = false });
        await rig.BeginAsync();
        await rig.StopAsync();
        Assert.Empty(rig.History.Asked);
        Assert.Null(rig.State.Fault);
    }
}
