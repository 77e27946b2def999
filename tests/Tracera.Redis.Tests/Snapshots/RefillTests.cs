using Microsoft.Extensions.DependencyInjection;
using Tracera.Redis.Tests.Hosting;
using Tracera.Testing;

namespace Tracera.Redis.Tests.Snapshots;

public sealed class RefillTests
{
    [Fact]
    public async Task Redis_EmptiedUnderTwoHosts_IsFilledFromTheStoreUnderOneNewEpoch()
    {
        await using var server = await RedisServers.StartAsync();
        var store = new InMemoryStore();
        await using var first = await StartAsync(server.Endpoint, store);
        await using var second = await StartAsync(server.Endpoint, store);
        await using var updates = await second.Source.SubscribeAsync(RedisHost.Token);
        var ticks = Enumerable.Range(1, 3_000).Select(item => first.Tick(item, item)).ToArray();
        await store.History.WriteAsync(new PriceBatch(Guid.NewGuid(), default, "test", ticks), RedisHost.Token);
        await first.WriteAsync(ticks);
        await first.Cache.StoreAsync([Figure(1, 0.3), Figure(2, 0.9)], RedisHost.Token);
        var before = (await first.Reader.ReadAllAsync(RedisHost.Token)).Position;

        await server.RunAsync("FLUSHALL");

        foreach (var host in new[] { first, second })
        {
            await Eventually.HoldsAsync(async () => (await host.LatestAsync()).SequenceEqual(ticks), TimeSpan.FromSeconds(10), "The latest prices");
        }

        foreach (var host in new[] { first, second })
        {
            await Eventually.HoldsAsync(async () => (await RankedAsync(host)).SequenceEqual([2, 1]), TimeSpan.FromSeconds(10), "The ranking");
            Assert.Equal(
                [0.3, 0.9], (await host.Cache.GetAsync([new ItemId(1), new ItemId(2)], null, RedisHost.Token)).Select(figure => figure[MetricFields.VolatilityScore]));
        }

        var after = (await first.Reader.ReadAllAsync(RedisHost.Token)).Position;
        Assert.Equal(RedisOptions.DefaultShards, after.Points.Count(point => before.Find(point.Shard)!.Value.Epoch != point.Epoch));
        Assert.Equal(
            after.Points.Select(point => point.Epoch), (await second.Reader.ReadAllAsync(RedisHost.Token)).Position.Points.Select(point => point.Epoch));
        var told = new HashSet<int>();
        await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch =>
        {
            _ = batch.Gap && batch.Point.Epoch == after.Find(batch.Point.Shard)!.Value.Epoch && told.Add(batch.Point.Shard);
            return told.Count == RedisOptions.DefaultShards;
        });
    }

    [Fact]
    public async Task Read_RightAfterRedisWasEmptied_HoldsWhatTheStoreHolds()
    {
        await using var server = await RedisServers.StartAsync();
        var store = new InMemoryStore();
        await using var host = await StartAsync(server.Endpoint, store, TimeSpan.FromMinutes(1));
        var tick = host.Tick(1, 1m);
        await store.History.WriteAsync(new PriceBatch(Guid.NewGuid(), default, "test", new[] { tick }), RedisHost.Token);
        await host.Services.GetRequiredService<RefillState>().Completed.WaitAsync(RedisHost.Token);

        await server.RunAsync("FLUSHALL");
        var snapshot = await host.Reader.ReadPricesAsync([new ItemId(1)], RedisHost.Token);

        Assert.Equal([tick], snapshot.Prices);
    }

    [Fact]
    public async Task Refill_FromAStoreThatIsBehind_KeepsWhatIsNewer()
    {
        await using var server = await RedisServers.StartAsync();
        var store = new InMemoryStore();
        await using var live = await RedisHost.StartAsync(server.Endpoint, "refill:");
        await using var updates = await live.Source.SubscribeAsync(RedisHost.Token);
        var (older, newer, other) = (live.Tick(1, 1m, -60), live.Tick(1, 2m, -50), live.Tick(2, 3m));
        await live.WriteAsync(newer);
        await store.History.WriteAsync(new PriceBatch(Guid.NewGuid(), default, "test", new[] { older, other }), RedisHost.Token);

        await using var filling = await StartAsync(server.Endpoint, store);
        await filling.Services.GetRequiredService<RefillState>().Completed.WaitAsync(RedisHost.Token);

        Assert.Equal([newer, other], await filling.LatestAsync());
        Assert.Equal([newer, other], await updates.ReadAsync(RedisHost.Token).SelectMany(update => update.Prices.ToArray()).TakeAsync(2));
    }

    [Fact]
    public async Task Redis_RestartedFromItsFile_HasANewEpochAllTheSame()
    {
        await using var server = await RedisServers.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var host = await RedisHost.StartAsync(server.Endpoint, "file:");
        await host.WriteAsync(host.Tick(1, 1m));
        var before = (await host.Reader.ReadAllAsync(RedisHost.Token)).Position.Find(1);

        await server.KillAsync();
        await server.StartAgainAsync();

        await Eventually.HoldsAsync(
            async () => (await host.Reader.ReadAllAsync(RedisHost.Token)).Position.Find(1) is { } after && after.Epoch != before!.Value.Epoch,
            TimeSpan.FromSeconds(20),
            "The new epoch");
        Assert.Equal([1m], (await host.LatestAsync()).Select(tick => tick.Price));
    }

    [Fact]
    public async Task Reader_StoreAndRedis_AnswersFromTheStoreWhileRedisIsAway()
    {
        await using var server = await RedisServers.StartAsync();
        var store = new InMemoryStore();
        await using var host = await StartAsync(server.Endpoint, store);
        var tick = host.Tick(1, 7m);
        await store.History.WriteAsync(new PriceBatch(Guid.NewGuid(), default, "test", new[] { tick }), RedisHost.Token);
        await server.KillAsync();

        var snapshot = await host.Reader.ReadAsync([tick.Item], RedisHost.Token);

        Assert.True(snapshot.Stale);
        Assert.Equal([tick], snapshot.Prices);
        Assert.Empty(snapshot.Position.Points);
    }

    private static async Task<IEnumerable<int>> RankedAsync(RedisHost host) =>
        (await host.Cache.RankAsync(new RankingQuery(Window.Hour1, 5), RedisHost.Token)).Select(figure => figure.Series.Item.Value);

    private static VolatilitySnapshot Figure(int item, double score) =>
        new(new SeriesKey(new ItemId(item), new SourceId(1)), Window.Hour1, 3, 10, [MetricFields.VolatilityScore], new[] { score }, TimeProvider.System.GetUtcNow());

    private static Task<RedisHost> StartAsync(string endpoint, InMemoryStore store, TimeSpan? checkInterval = null) => RedisHost.StartAsync(
        endpoint,
        "refill:",
        options => (options.OperationTimeout, options.CheckInterval) = (TimeSpan.FromSeconds(1), checkInterval ?? options.CheckInterval),
        services => services.AddSingleton<IPriceHistory>(store.History));
}
