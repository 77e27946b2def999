using StackExchange.Redis;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Figures;

public sealed class RedisVolatilityCacheTests(SharedRedis redis)
{
    private static readonly DateTimeOffset At = BarLevel.Minute1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(-10);
    private static readonly string[] Fields = [MetricFields.StdDev, MetricFields.VolatilityScore];

    [Fact]
    public async Task Store_NewerAndOlderFigures_KeepsTheNewest()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix());
        await host.Cache.StoreAsync([Make(1, 1, 0.5, at: 2), Make(1, 2, 0.7, at: 2)], RedisHost.Token);
        await host.Cache.StoreAsync([Make(1, 1, 0.1, at: 1), Make(1, 2, 0.9, at: 3), Make(1, 2, double.NaN, window: Window.Day1)], RedisHost.Token);

        var all = await host.Cache.GetAsync([new ItemId(1), new ItemId(9)], null, RedisHost.Token);
        Assert.Equal([0.5, 0.9, null], all.Select(figure => figure[MetricFields.VolatilityScore]));
        Assert.Equal([(1, "1h"), (2, "1h"), (2, "24h")], all.Select(figure => (figure.Series.Source.Value, figure.Window.Name)));
        Assert.Equal(At.AddMinutes(3), all[1].ComputedAt);
        Assert.Equal((3L, 10d), (all[0].Count, all[0].Mean));
        Assert.Equal(2, (await host.Cache.GetAsync([new ItemId(1)], Window.Hour1, RedisHost.Token)).Count);
    }

    [Fact]
    public async Task Rank_ManyItems_IsInOrderOneForEachItem()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix());
        VolatilitySnapshot[] figures =
        [
            Make(1, 1, 0.3), Make(2, 1, 0.9), Make(3, 1, double.NaN), Make(4, 1, 0.5), Make(10, 1, 0.5), Make(5, 1, 0.5), Make(2, 2, 0.1, count: 9),
        ];
        await host.Cache.StoreAsync(figures, RedisHost.Token);

        Assert.Equal([4, 5, 10, 1, 2], await RankAsync(host, new RankingQuery(Window.Hour1, 10)));
        Assert.Equal([4, 5], await RankAsync(host, new RankingQuery(Window.Hour1, 2)));
        Assert.Equal([2, 1, 4], await RankAsync(host, new RankingQuery(Window.Hour1, 3, Ascending: true)));
        Assert.Equal([2, 4], await RankAsync(host, new RankingQuery(Window.Hour1, 2, new SourceId(1))));
        Assert.Empty(await RankAsync(host, new RankingQuery(Window.Day7, 2)));
    }

    [Fact]
    public async Task Rank_FiguresThatHaveGone_LeaveTheRanking()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await host.Cache.StoreAsync([Make(1, 1, 0.3), Make(2, 1, 0.9), Make(3, 1, 0.4)], RedisHost.Token);
        await host.Cache.StoreAsync([Make(3, 1, double.NaN, count: 0, at: 1)], RedisHost.Token);

        Assert.InRange((await stranger.GetDatabase().KeyTimeToLiveAsync($"{prefix}vol:1h:2"))!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        await stranger.GetDatabase().KeyDeleteAsync($"{prefix}vol:1h:2");

        Assert.Equal([1], await RankAsync(host, new RankingQuery(Window.Hour1, 1)));
        Assert.Equal(1, await stranger.GetDatabase().SortedSetLengthAsync($"{prefix}rank:1h:all"));
    }

    [Fact]
    public async Task Rank_BehindManyThatHaveGone_FindsThoseThatAreThere()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await host.Cache.StoreAsync([.. Enumerable.Range(1, 200).Select(item => Make(item, 1, 1d / item))], RedisHost.Token);
        await stranger.GetDatabase().KeyDeleteAsync([.. Enumerable.Range(1, 190).Select(item => (RedisKey)$"{prefix}vol:1h:{item}")]);

        Assert.Equal([191, 192], await RankAsync(host, new RankingQuery(Window.Hour1, 2)));
        Assert.InRange(await stranger.GetDatabase().SortedSetLengthAsync($"{prefix}rank:1h:all"), 10, 100);
    }

    [Fact]
    public async Task Figures_OfASourceThatNobodyComputesAnyMore_ArePassedOver()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix());
        await host.Cache.StoreAsync([Make(1, 1, 0.9, count: 99, at: -55), Make(2, 1, 0.5)], RedisHost.Token);
        await host.Cache.StoreAsync([Make(1, 2, 0.1)], RedisHost.Token);

        Assert.Equal([2], (await host.Cache.GetAsync([new ItemId(1)], null, RedisHost.Token)).Select(figure => figure.Series.Source.Value));
        Assert.Equal([2, 1], await RankAsync(host, new RankingQuery(Window.Hour1, 5)));
        Assert.Equal([2], await RankAsync(host, new RankingQuery(Window.Hour1, 5, new SourceId(1))));
    }

    [Fact]
    public async Task Figures_RedisEmptied_AreThereAgain()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "figures:");
        await host.Cache.StoreAsync([Make(1, 1, 0.3), Make(2, 1, 0.9)], RedisHost.Token);

        await server.RunAsync("FLUSHALL");

        await Eventually.HoldsAsync(
            async () => (await RankAsync(host, new RankingQuery(Window.Hour1, 5))).SequenceEqual([2, 1]), TimeSpan.FromSeconds(10), "The ranking");
        Assert.Equal(2, (await host.Cache.GetAsync([new ItemId(1), new ItemId(2)], null, RedisHost.Token)).Count);
    }

    [Fact]
    public async Task Figures_RedisAway_AreReadFromMemory()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "away:", options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        await host.Cache.StoreAsync([Make(1, 1, 0.3), Make(2, 1, 0.9)], RedisHost.Token);

        await server.KillAsync();

        Assert.Equal([2, 1], await RankAsync(host, new RankingQuery(Window.Hour1, 5)));
        Assert.Equal(0.3, Assert.Single(await host.Cache.GetAsync([new ItemId(1)], null, RedisHost.Token))[MetricFields.VolatilityScore]);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Cache.StoreAsync([Make(1, 1, 0.4, at: 5)], RedisHost.Token).AsTask());
    }

    [Fact]
    public async Task Figures_RedisAwayAndNoneComputedHere_AreNotSaidToBeNone()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "none:", options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        Assert.Empty(await RankAsync(host, new RankingQuery(Window.Hour1, 5)));

        await server.KillAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => RankAsync(host, new RankingQuery(Window.Hour1, 5)));
        await Assert.ThrowsAsync<TimeoutException>(() => host.Cache.GetAsync([new ItemId(1)], null, RedisHost.Token).AsTask());
        Assert.True((await host.Reader.ReadAsync([new ItemId(1)], RedisHost.Token)).Stale);
    }

    private static async Task<IEnumerable<int>> RankAsync(RedisHost host, RankingQuery query) =>
        (await host.Cache.RankAsync(query, RedisHost.Token)).Select(figure => figure.Series.Item.Value);

    private static VolatilitySnapshot Make(int item, int source, double score, Window? window = null, long count = 3, int at = 0) =>
        new(new SeriesKey(new ItemId(item), new SourceId(source)), window ?? Window.Hour1, count, 10, Fields, new[] { 1.5, score }, At.AddMinutes(at));
}
