using StackExchange.Redis;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Updates;

public sealed class BadMessagesTests(SharedRedis redis)
{
    [Fact]
    public async Task Channel_MalformedAndOversizedMessages_AreCountedAndNothingElseHappens()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix, options => options.MaxMessageBytes = 65_536);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));

        byte[][] bad = [[], [0], [1, 2, 3], [.. "\u0001000000000000abcd"u8], new byte[1_000], [.. "\u0003zzzzzzzzzzzzzzzz12345678\0\0\0\u0001"u8]];
        foreach (var message in bad)
        {
            await stranger.GetSubscriber().PublishAsync($"{prefix}{{s1}}prices", message);
            await stranger.GetSubscriber().PublishAsync($"{prefix}{{s1}}volatility", message);
        }

        await stranger.GetSubscriber().PublishAsync($"{prefix}{{s1}}prices", new byte[65_537]);
        await stranger.GetSubscriber().PublishAsync($"{prefix}{{s1}}somethingelse", "hello");
        await stranger.GetSubscriber().PublishAsync($"{prefix}{{s99}}prices", "hello");
        await host.WriteAsync(host.Tick(1, 2m, -50));

        var batches = await updates.ReadAsync(RedisHost.Token).TakeAsync(2);
        Assert.Equal([1m, 2m], batches.SelectMany(batch => batch.Prices.ToArray()).Select(tick => tick.Price));
        Assert.DoesNotContain(batches, batch => batch.Gap);
        Assert.Equal(2 * bad.Length, host.Meters[$"{RedisInstruments.MessagesDropped} malformed"]);
        Assert.Equal(1, host.Meters[$"{RedisInstruments.MessagesDropped} oversized"]);
    }

    [Fact]
    public async Task Subscription_AMessageThatWasLost_IsAGapAlsoWhenNothingFollows()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));

        // As a message that is lost on its way: the stream goes on, and nobody hears of it.
        await stranger.GetDatabase().StringIncrementAsync($"{prefix}{{s1}}offset");

        var batches = await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => batch.Gap);
        Assert.Equal(2, batches.Count);
        Assert.Equal(batches[0].Point.Offset + 1, batches[1].Point.Offset);
        Assert.True(batches[1].Prices.IsEmpty);
    }

    [Fact]
    public async Task Subscription_AMessageThatWasLost_IsAGapWithTheNextOne()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix, options => options.CheckInterval = TimeSpan.FromMinutes(1));
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));
        await stranger.GetDatabase().StringIncrementAsync($"{prefix}{{s1}}offset");
        await host.WriteAsync(host.Tick(1, 2m, -50));

        var batches = await updates.ReadAsync(RedisHost.Token).TakeAsync(2);
        Assert.Equal([(1m, false), (2m, true)], batches.Select(batch => (batch.Prices.Span[0].Price, batch.Gap)));
        Assert.Equal(1, host.Meters[$"{RedisInstruments.Gaps} offset"]);
    }

    [Fact]
    public async Task Stream_ThatWentBackInItsEpoch_BeginsAnewAndSaysSo()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));
        await host.WriteAsync(host.Tick(1, 2m, -50));
        await host.WriteAsync(host.Tick(1, 3m, -40));

        // As after a failover to a server that lagged behind.
        await stranger.GetDatabase().StringSetAsync($"{prefix}{{s1}}offset", 1);

        var batches = await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => batch.Gap);
        Assert.NotEqual(batches[0].Point.Epoch, batches[^1].Point.Epoch);
        await host.WriteAsync(host.Tick(1, 4m, -30));
        var next = await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => !batch.Prices.IsEmpty);
        Assert.Equal((4m, batches[^1].Point.Epoch), (next[^1].Prices.Span[0].Price, next[^1].Point.Epoch));
    }

    [Fact]
    public async Task Subscription_OfAnotherDatabase_HearsNothingOfThisOne()
    {
        var prefix = redis.NextPrefix();
        await using var first = await RedisHost.StartAsync(redis.Endpoint, prefix, options => options.Database = 0);
        await using var second = await RedisHost.StartAsync(redis.Endpoint, prefix, options => options.Database = 1);
        await using var updates = await second.Source.SubscribeAsync(RedisHost.Token);

        await first.WriteAsync(first.Tick(1, 1m));
        await second.WriteAsync(second.Tick(1, 2m, -120));

        var batches = await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => !batch.Prices.IsEmpty);
        Assert.Equal([2m], batches.SelectMany(batch => batch.Prices.ToArray()).Select(tick => tick.Price));
        Assert.DoesNotContain(batches, batch => batch.Gap);
    }

    [Fact]
    public async Task Subscription_ConnectionsKilled_IsMadeAnewAndWorks()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "cut:");
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));

        await server.RunAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await Eventually.HoldsAsync(
            async () => await TryWriteAsync(host, host.Tick(1, 2m, -50)), TimeSpan.FromSeconds(20), "A write");

        var batches = await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => batch.Gap || batch.Prices.ToArray().Any(tick => tick.Price == 2m));
        Assert.True(batches[^1].Gap || batches[^1].Prices.Span[0].Price == 2m);
    }

    private static async Task<bool> TryWriteAsync(RedisHost host, PriceTick tick)
    {
        try
        {
            await host.WriteAsync(tick);
            return true;
        }
        catch (SinkException)
        {
            return false;
        }
    }
}
