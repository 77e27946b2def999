namespace Tracera.Ingestion.Tests.Live;

public sealed class LiveSinkTests
{
    [Fact]
    public async Task Write_OfTicks_SaysWhatBecameOfEach()
    {
        await using var host = new LiveHost();
        await host.WriteAsync(host.Tick(1, 10m, -10, 0), host.Tick(2, 20m, -10, 0));

        var outcome = await host.WriteAsync(
            host.Tick(1, 11m, -5, 1),
            host.Tick(1, 9m, -7, 1),
            host.Tick(2, 20.0m, -10, 1),
            host.Tick(2, 21m, -10, 1),
            host.Tick(2, 22m, -10, 0),
            host.Tick(3, 30m, -1, 1));

        Assert.Equal(new WriteOutcome(Written: 2, Duplicate: 2, Corrected: 1, Conflated: 1), outcome);
        Assert.Equal([11m, 21m, 30m], (await host.LatestAsync()).Select(tick => tick.Price));
    }

    [Fact]
    public async Task Write_OfTheSameBatchAgain_ChangesNothing()
    {
        await using var host = new LiveHost();
        var ticks = Enumerable.Range(1, 50).Select(i => host.Tick(i % 7, i, -60 + i)).ToArray();
        await host.WriteAsync(ticks);
        await using var subscription = await host.Source.SubscribeAsync(LiveHost.Token);

        var again = await host.WriteAsync(ticks);
        await host.WriteAsync(host.Tick(99, 1m));

        Assert.Equal(new WriteOutcome(0, Duplicate: 7, Conflated: 43), again);
        var batch = await subscription.ReadAsync(LiveHost.Token).FirstAsync(LiveHost.Token);
        Assert.Equal(99, Assert.Single(batch.Prices.ToArray()).Item.Value);
    }

    [Fact]
    public async Task Write_OfRandomTicks_KeepsTheNewestOfEachSeries()
    {
        await using var host = new LiveHost();
        var random = new Random(31);
        var written = new List<PriceTick>();
        for (var round = 0; round < 100; round++)
        {
            var ticks = Enumerable.Range(0, random.Next(1, 50))
                .Select(_ => host.Tick(random.Next(1, 20), random.Next(1, 5), -random.Next(30), written.Count + round, random.Next(1, 4)))
                .ToArray();
            written.AddRange(ticks);
            Assert.Equal(ticks.Length, (await host.WriteAsync(ticks)).Total);
        }

        var expected = written.GroupBy(tick => tick.Series)
            .Select(series => series.Max(tick => tick.ObservedAtMicroseconds))
            .Order();
        Assert.Equal(expected, (await host.LatestAsync()).Select(tick => tick.ObservedAtMicroseconds).Order());
        Assert.Equal((await host.LatestAsync()).OrderBy(tick => tick.Item).ThenBy(tick => tick.Source), await host.LatestAsync());
    }

    [Fact]
    public async Task Write_OfATickAheadOfTheClock_MakesItTheLatestWhenItsTimeHasCome()
    {
        await using var host = new LiveHost();
        await using var subscription = await host.Source.SubscribeAsync(LiveHost.Token);

        var outcome = await host.WriteAsync(host.Tick(1, 10m), host.Tick(1, 12m, 60), host.Tick(1, 11m, 30));

        Assert.Equal(new WriteOutcome(3), outcome);
        Assert.Equal(10m, Assert.Single(await host.LatestAsync()).Price);
        host.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(10m, Assert.Single(await host.LatestAsync()).Price);
        host.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(11m, Assert.Single(await host.LatestAsync()).Price);
        host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(12m, Assert.Single(await host.LatestAsync()).Price);
        var updates = await subscription.ReadAsync(LiveHost.Token).Take(3).ToListAsync(LiveHost.Token);
        Assert.Equal([10m, 11m, 12m], updates.Select(update => update.Prices.Span[0].Price));
    }

    [Fact]
    public async Task Write_OfARepeatedTickAheadOfTheClock_CountsItOnce()
    {
        await using var host = new LiveHost();

        var outcome = await host.WriteAsync(
            host.Tick(1, 10m, 60, 0), host.Tick(1, 10m, 60, 1), host.Tick(1, 11m, 60, 2), host.Tick(1, 9m, 60, 1));

        Assert.Equal(new WriteOutcome(1, Duplicate: 2, Corrected: 1), outcome);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(11m, Assert.Single(await host.LatestAsync()).Price);
    }

    [Fact]
    public async Task Write_BeyondTheLimits_IsCountedAndRefused()
    {
        await using var host = new LiveHost(options => (options.MaxSeries, options.MaxPending) = (2, 1));

        var outcome = await host.WriteAsync(
            host.Tick(1, 1m), host.Tick(2, 2m), host.Tick(3, 3m), host.Tick(1, 4m, 60), host.Tick(1, 5m, 61));

        Assert.Equal(new WriteOutcome(3, Conflated: 2), outcome);
        Assert.Equal(2, (await host.LatestAsync()).Length);
        Assert.Equal(1, host.Meters[$"{LiveInstruments.Refused} series_limit"]);
        Assert.Equal(1, host.Meters[$"{LiveInstruments.Refused} pending_limit"]);
    }

    [Fact]
    public async Task Write_OfBackfill_NeverReachesLiveClients()
    {
        await using var host = new LiveHost();

        Assert.Equal(new WriteOutcome(0, Conflated: 1), await host.WriteAsync(BatchLane.Backfill, host.Tick(1, 1m)));
        Assert.Empty(await host.LatestAsync());
    }
}
