using StackExchange.Redis;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Ticks;

public sealed class RedisPriceSinkTests(SharedRedis redis)
{
    [Fact]
    public async Task Write_EveryKindOfTick_IsCountedAsWhatItIs()
    {
        await using var host = await StartAsync();
        var (first, other) = (host.Tick(1, 10m), host.Tick(2, 5m));

        Assert.Equal(new WriteOutcome(2), await host.WriteAsync(first, other));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await host.WriteAsync(first));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await host.WriteAsync(first with { Price = 10.00m, ReceivedAtMicroseconds = first.ReceivedAtMicroseconds + 1 }));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await host.WriteAsync(first with { Price = 11m, ReceivedAtMicroseconds = first.ReceivedAtMicroseconds - 1 }));
        Assert.Equal(new WriteOutcome(0, Corrected: 1), await host.WriteAsync(first with { Price = 11m, ReceivedAtMicroseconds = first.ReceivedAtMicroseconds + 1 }));
        Assert.Equal(new WriteOutcome(0, Conflated: 1), await host.WriteAsync(first with { ObservedAtMicroseconds = first.ObservedAtMicroseconds - 1 }));
        Assert.Equal([11m, 5m], (await host.LatestAsync()).Select(tick => tick.Price));
    }

    [Fact]
    public async Task Write_SeveralOfASeries_PublishesTheNewestOnce()
    {
        await using var host = await StartAsync();
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);

        var outcome = await host.WriteAsync(host.Tick(1, 1m, -9), host.Tick(1, 3m, -7), host.Tick(1, 2m, -8), host.Tick(1, 4m, -6));

        Assert.Equal(new WriteOutcome(1, Conflated: 3), outcome);
        var update = Assert.Single(await updates.ReadAsync(RedisHost.Token).TakeAsync(1));
        Assert.Equal([4m], update.Prices.ToArray().Select(tick => tick.Price));
    }

    [Fact]
    public async Task Write_ManyThousandsOfOneShard_AllArrive()
    {
        await using var host = await StartAsync(options => options.Shards = 1);
        var ticks = Enumerable.Range(1, 5_500).Select(item => host.Tick(item, item + 0.25m, volume: item)).ToArray();

        Assert.Equal(new WriteOutcome(ticks.Length), await host.WriteAsync(ticks));
        Assert.Equal(ticks, await host.LatestAsync());
    }

    [Fact]
    public async Task Write_TickAheadOfTheClock_IsLatestWhenItsTimeHasCome()
    {
        await using var host = await StartAsync();
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);

        Assert.Equal(new WriteOutcome(2), await host.WriteAsync(host.Tick(1, 1m), host.Tick(1, 2m, observedIn: 0.5)));
        Assert.Equal([1m], (await host.LatestAsync()).Select(tick => tick.Price));

        var prices = await updates.ReadAsync(RedisHost.Token).SelectMany(update => update.Prices.ToArray()).TakeAsync(2);
        Assert.Equal([1m, 2m], prices.Select(tick => tick.Price));
        Assert.True(prices[1].ObservedAt <= host.Time.GetUtcNow());
        Assert.Equal([2m], (await host.LatestAsync()).Select(tick => tick.Price));
    }

    [Fact]
    public async Task Write_ThatRedisRefuses_PublishesNothingAndTakesNoOffset()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));
        var offset = await stranger.GetDatabase().StringGetAsync($"{prefix}{{s1}}offset");
        await stranger.GetDatabase().StringSetAsync($"{prefix}{{s1}}latest", "no hash");

        var refused = await Assert.ThrowsAsync<SinkException>(() => host.WriteAsync(host.Tick(1, 2m, -50)).AsTask());

        Assert.Equal(SinkFailure.Misconfigured, refused.Failure);
        Assert.Equal(offset, await stranger.GetDatabase().StringGetAsync($"{prefix}{{s1}}offset"));
        await stranger.GetDatabase().KeyDeleteAsync($"{prefix}{{s1}}latest");
        await host.WriteAsync(host.Tick(1, 3m, -40));
        var batches = await updates.ReadAsync(RedisHost.Token).TakeAsync(2);
        Assert.Equal([(1m, false), (3m, false)], batches.Select(batch => (batch.Prices.Span[0].Price, batch.Gap)));
    }

    [Fact]
    public async Task Write_Backfill_ReachesNobody()
    {
        await using var host = await StartAsync();

        Assert.Equal(new WriteOutcome(0, Conflated: 1), await host.WriteAsync(BatchLane.Backfill, host.Tick(1, 1m)));
        Assert.Empty(await host.LatestAsync());
    }

    private Task<RedisHost> StartAsync(Action<RedisOptions>? configure = null) => RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix(), configure);
}
