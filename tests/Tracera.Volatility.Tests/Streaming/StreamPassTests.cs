using Tracera.Volatility.Figures;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Streaming;

public sealed class StreamPassTests
{
    private const double Tolerance = 1e-9;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Pass_First_PublishesWhatTheStoreKnows()
    {
        using var rig = new StreamRig();
        rig.History.Add(Some.Series(1), 5m, Some.Instant.AddMinutes(-5));
        rig.History.Add(Some.Series(1), 6m, Some.Instant.AddMinutes(-2));
        rig.History.Add(Some.Series(2), 7m, Some.Instant.AddDays(-6));
        var published = await rig.PassAsync();
        Assert.Equal(6, published.Length);
        await EqualStoredAsync(rig, published);
        Assert.Equal((2, 2), (rig.Stream.Count, (int)rig.Meters[VolatilityInstruments.Reread]));
    }

    [Fact]
    public async Task Pass_TicksInOrder_AsksTheStoreForNothing()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 0 });
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        for (var tick = 1; tick <= 20; tick++)
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(7));
            await rig.TickAsync(1, 5m + (tick % 3));
            rig.History.ForgetReads();
            var published = await rig.PassAsync(Second);
            Assert.Empty(rig.History.Reads);
            Assert.Equal(4, published.Length);
            await EqualStoredAsync(rig, published);
        }
    }

    [Fact]
    public async Task Pass_WithoutATick_PublishesOnlyTheWindowThatSlid()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        Assert.Empty(await rig.PassAsync(Second));
        var published = Assert.Single(await rig.PassAsync(TimeSpan.FromMinutes(61)), snapshot => snapshot.Window == Window.Hour1);
        Assert.Equal(0, published.Count);
    }

    [Fact]
    public async Task Pass_LateTick_ComesFromTheStoreUntilTheSeriesIsFilledAgain()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m, Some.Instant.AddMinutes(-10));
        await rig.TickAsync(1, 6m);
        await rig.PassAsync();
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        await rig.TickAsync(1, 9m, Some.Instant.AddMinutes(-5));
        Assert.Null(rig.Stream.Newest(Some.Series(1)));
        var published = await rig.PassAsync(VolatilityOptions.DefaultLookback);
        Assert.Equal(4, published.Length);
        Assert.All(published, snapshot => Assert.Equal(3, snapshot.Count));
        await EqualStoredAsync(rig, published);
        Assert.Equal(UnixTime.ToMicroseconds(Some.Instant), rig.Stream.Newest(Some.Series(1)));
        Assert.Equal(2, rig.Meters[VolatilityInstruments.Reread]);
    }

    [Fact]
    public async Task Pass_AfterABackfill_CountsItsTicks_OfSeriesThatAreKnownAndOfNewOnes()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        await rig.PassAsync(Second);
        PriceTick[] past = [.. new[] { 1, 1, 2 }.Select((item, i) => rig.History.Add(Some.Series(item), 3m + i, Some.Instant.AddMinutes(-40 + i)))];
        var ancient = past[0] with { Item = new ItemId(3), ObservedAtMicroseconds = UnixTime.ToMicroseconds(Some.Instant.AddDays(-400)) };

        rig.Stream.Backfilled([.. past, ancient]);
        var published = await rig.PassAsync(VolatilityOptions.DefaultLookback);

        await EqualStoredAsync(rig, published);
        Assert.Equal([3, 1], published.Where(snapshot => snapshot.Window == Window.Hour1).OrderBy(snapshot => snapshot.Series.Item.Value).Select(snapshot => snapshot.Count));
        Assert.Equal(2, rig.Stream.Count);
    }

    [Fact]
    public async Task Pass_TicksBesideALateOne_AreNotLost()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        await rig.TickAsync(1, 9m, Some.Instant.AddMinutes(-5));
        rig.Clock.Advance(Second);
        await rig.TickAsync(1, 6m);
        rig.Clock.Advance(Second);
        await rig.OfferAsync(1, 7m);
        var afterwards = Assert.Single(await rig.PassAsync(VolatilityOptions.DefaultLookback), snapshot => snapshot.Window == Window.Hour1);
        Assert.Equal((4, (5m + 9m + 6m + 7m) / 4), (afterwards.Count, (decimal)afterwards.Mean!.Value));
    }

    [Fact]
    public async Task Pass_StoreAway_FailsAndDeliversWhenItIsBack()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        await rig.TickAsync(1, 9m, Some.Instant.AddMinutes(-5));
        rig.History.Fault = new IOException("away");
        await Assert.ThrowsAsync<IOException>(() => rig.PassAsync(VolatilityOptions.DefaultLookback));
        rig.History.Fault = null;
        var published = await rig.PassAsync(Second);
        Assert.Equal(4, published.Length);
        await EqualStoredAsync(rig, published);
    }

    [Fact]
    public async Task Pass_PublisherAway_FillsTheCacheAndPublishesLater()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m);
        rig.Publisher.Fault = new IOException("away");
        Assert.Empty(await rig.PassAsync());
        Assert.NotEmpty(await rig.Cache.GetAsync([new ItemId(1)], null, TestContext.Current.CancellationToken));
        rig.Publisher.Fault = null;
        rig.Clock.Advance(Second);
        await rig.TickAsync(1, 6m);
        Assert.Equal(4, (await rig.PassAsync()).Length);
    }

    [Fact]
    public async Task Pass_SilentForTheLongestWindow_LetsTheSeriesGo()
    {
        using var rig = new StreamRig();
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        Assert.Equal(1, rig.Stream.Count);
        await rig.PassAsync(TimeSpan.FromDays(32));
        Assert.Equal((0, 0), (rig.Stream.Count, rig.Book.Count));
    }

    [Fact]
    public async Task Pass_TickInOrderThatIsOlderThanTheWindow_IsNotInIt()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 0 });
        rig.History.Add(Some.Series(1), 5m, Some.Instant.AddHours(-3));
        await rig.PassAsync();
        await rig.TickAsync(1, 6m, Some.Instant.AddMinutes(-70));
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await rig.TickAsync(1, 7m);

        var published = await rig.PassAsync(Second);

        Assert.Equal(1, published.Single(snapshot => snapshot.Window == Window.Hour1).Count);
        await EqualStoredAsync(rig, published);
    }

    [Fact]
    public async Task Pass_SeriesThatGetsTicksDuringEveryFill_HasTheStoresFigures()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 0 });
        var price = 5m;
        await rig.TickAsync(1, price);
        rig.History.OnWindows = () =>
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
            rig.History.Add(Some.Series(1), ++price, rig.Clock.GetUtcNow());
        };
        Assert.Empty(await rig.PassAsync());

        var published = await rig.PassAsync(VolatilityOptions.DefaultLookback);

        Assert.Null(rig.Stream.Newest(Some.Series(1)));
        Assert.Equal(4, published.Length);
        Assert.All(published, snapshot => Assert.True(snapshot.Count > 1));
    }

    [Fact]
    public async Task Pass_AfterOnesThatFailed_PublishesWhatChangedOnce()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 0 });
        rig.History.Add(Some.Series(1), 4m, Some.Instant.AddMinutes(-90));
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await rig.TickAsync(1, 6m);
        rig.History.Fault = new IOException("The store is away.");
        await Assert.ThrowsAsync<IOException>(() => rig.PassAsync());
        rig.History.Fault = null;
        rig.Clock.Advance(Second);
        await rig.TickAsync(1, 7m);

        var published = await rig.PassAsync();

        Assert.Equal(4, published.Length);
        await EqualStoredAsync(rig, published);
    }

    [Fact]
    public async Task Pass_FillThatEndsInTheNextMinute_HoldsATickOfThatMinute()
    {
        using var rig = new StreamRig(new VolatilityOptions { ComparisonSample = 0 });
        rig.Clock.Advance(TimeSpan.FromSeconds(59));
        rig.History.Add(Some.Series(1), 5m, rig.Clock.GetUtcNow().AddSeconds(6), rig.Clock.GetUtcNow());
        rig.History.OnWindows = () =>
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(11));
            rig.History.OnWindows = null;
        };
        await rig.PassAsync();

        var published = await rig.PassAsync(VolatilityOptions.DefaultLookback + Second);

        Assert.Equal(1, published.Single(snapshot => snapshot.Window == Window.Hour1).Count);
        await EqualStoredAsync(rig, published);
    }

    [Fact]
    public async Task Pass_MetricOfAnApp_ComputesItFromTheStore()
    {
        using var rig = new StreamRig(null, new Custom("ticks_seen", count => count));
        await rig.TickAsync(1, 5m);
        await rig.PassAsync();
        rig.Clock.Advance(Second);
        await rig.TickAsync(1, 6m);
        var published = await rig.PassAsync(VolatilityOptions.DefaultLookback);
        Assert.Equal(4, published.Length);
        Assert.All(published, snapshot => Assert.Equal(2, snapshot["ticks_seen"]));
        await EqualStoredAsync(rig, published);
        Assert.Equal(1, rig.Log.Times(4402));
    }

    private static async Task EqualStoredAsync(StreamRig rig, VolatilitySnapshot[] published)
    {
        foreach (var snapshot in published)
        {
            var stored = await rig.StoredAsync(snapshot.Series.Item.Value, snapshot.Window);
            Assert.Equal((stored.Count, stored.ComputedAt), (snapshot.Count, snapshot.ComputedAt));
            Close.Assert(stored.Mean, snapshot.Mean, Tolerance, $"{snapshot.Window}: mean");
            for (var i = 0; i < stored.Fields.Count; i++)
            {
                Close.Assert(stored.ValueAt(i), snapshot.ValueAt(i), Tolerance, $"{snapshot.Window}: {stored.Fields[i]}");
            }
        }
    }
}
