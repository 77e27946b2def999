namespace Tracera.Ingestion.Tests.Live;

public sealed class WarmStartTests
{
    private readonly FakeHistory _history = new();

    private static CancellationToken Token => LiveHost.Token;

    [Fact]
    public async Task Start_WithAStore_LoadsTheLatestTickOfEverySeries()
    {
        await using var host = new LiveHost(history: _history);
        _history.Ticks.AddRange(Enumerable.Range(1, 2_500).Select(item => host.Tick(item, item, -60)));

        await WarmAsync(host);

        var snapshot = await host.Reader.ReadAllAsync(Token);
        Assert.Equal(2_500, snapshot.Prices.Count);
        Assert.False(snapshot.Stale);
        Assert.Equal(DateTimeOffset.MinValue, _history.Listings[0]);
    }

    [Fact]
    public async Task Start_AfterNewerTicksCameLive_KeepsThose()
    {
        await using var host = new LiveHost(history: _history);
        _history.Ticks.AddRange([host.Tick(1, 1m, -60), host.Tick(2, 2m, -60)]);
        await host.WriteAsync(host.Tick(1, 10m, -1));

        await WarmAsync(host);

        Assert.Equal([10m, 2m], (await host.LatestAsync()).Select(tick => tick.Price));
    }

    [Fact]
    public async Task Start_WhileTheStoreIsAway_TriesAgain()
    {
        await using var host = new LiveHost(history: _history);
        _history.Ticks.Add(host.Tick(1, 1m, -60));
        _history.IsAway = true;

        await host.WarmStart.StartAsync(Token);
        await host.Time.WhenTimersAsync(1, Token);
        Assert.Empty(await host.LatestAsync());
        _history.IsAway = false;
        host.Time.Advance(InProcessUpdatesOptions.DefaultRetryInterval);
        await host.Time.WhenTimersAsync(1, Token);

        Assert.Single(await host.LatestAsync());
        await host.WarmStart.StopAsync(Token);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(45)]
    public async Task Start_WithAStoredTickAheadOfTheClock_MakesItTheLatestLater(int clockLead)
    {
        await using var host = new LiveHost(history: _history, clockLead: TimeSpan.FromMinutes(clockLead));
        _history.Ticks.AddRange([host.Tick(1, 1m, -60), host.Tick(1, 2m, (clockLead * 60) - 10)]);
        await WarmAsync(host);
        Assert.Equal(1m, Assert.Single(await host.LatestAsync()).Price);
        await using var subscription = await host.Source.SubscribeAsync(Token);

        host.Time.Advance(TimeSpan.FromMinutes(clockLead));

        var update = await subscription.ReadAsync(Token).FirstAsync(Token);
        Assert.Equal(2m, update.Prices.Span[0].Price);
    }

    [Fact]
    public async Task Prices_BackfilledSinceTheStart_AreNoNews()
    {
        await using var host = new LiveHost(history: _history);
        _history.Ticks.Add(host.Tick(1, 2m, 120));
        await WarmAsync(host);
        await using var subscription = await host.Source.SubscribeAsync(Token);
        _history.Ticks.Add(host.Tick(2, 3m, observedIn: -60, receivedIn: 60));

        host.Time.Advance(TimeSpan.FromMinutes(5));

        var update = await subscription.ReadAsync(Token).FirstAsync(Token);
        Assert.Equal(1, Assert.Single(update.Prices.ToArray()).Item.Value);
    }

    [Fact]
    public async Task Stop_WhileTheStoreIsSlow_EndsAtOnce()
    {
        await using var host = new LiveHost(history: _history);
        _history.IsSlow = true;
        await host.WarmStart.StartAsync(Token);

        await host.WarmStart.StopAsync(Token);
    }

    [Fact]
    public async Task Read_BeforeItIsWarm_AsksTheStore()
    {
        await using var host = new LiveHost(history: _history);
        _history.Ticks.AddRange([host.Tick(1, 1m, -60), host.Tick(1, 5m, -60, 0, 2), host.Tick(2, 2m, -60), host.Tick(3, 3m, -60)]);
        await host.WriteAsync(host.Tick(1, 10m));

        var snapshot = await host.Reader.ReadAsync([new ItemId(2), new ItemId(1), new ItemId(7)], Token);

        Assert.Equal([10m, 5m, 2m], snapshot.Prices.Select(tick => tick.Price));
        Assert.False(snapshot.Stale);
        Assert.True((await host.Reader.ReadAllAsync(Token)).Stale);
    }

    [Fact]
    public async Task Read_BeforeItIsWarmWhileTheStoreIsAway_IsStale()
    {
        await using var host = new LiveHost(history: _history);
        _history.IsAway = true;
        await host.WriteAsync(host.Tick(1, 10m));

        var snapshot = await host.Reader.ReadAsync([new ItemId(1)], Token);

        Assert.Equal(10m, Assert.Single(snapshot.Prices).Price);
        Assert.True(snapshot.Stale);
    }

    [Fact]
    public async Task Read_WhenTheMemoryIsFull_AsksTheStore()
    {
        await using var host = new LiveHost(options => options.MaxSeries = 1, _history);
        _history.Ticks.AddRange([host.Tick(1, 1m, -60), host.Tick(2, 2m, -60)]);
        await WarmAsync(host);

        var snapshot = await host.Reader.ReadAsync([new ItemId(1), new ItemId(2)], Token);

        Assert.Equal([1m, 2m], snapshot.Prices.Select(tick => tick.Price));
        Assert.False(snapshot.Stale);
    }

    // It is warm when it has gone to sleep until the second pass.
    private static async Task WarmAsync(LiveHost host)
    {
        await host.WarmStart.StartAsync(Token);
        await host.Time.WhenTimersAsync(1, Token);
    }
}
