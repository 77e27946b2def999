using StackExchange.Redis;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Local;

/// <summary>What this host keeps is never shown when Redis has something newer.</summary>
public sealed class LocalReadTests(SharedRedis redis)
{
    private static readonly ItemId[] Items = [.. Enumerable.Range(1, 40).Select(item => new ItemId(item))];

    [Fact]
    public async Task Read_AfterAnotherHostsWrite_HoldsWhatWasWritten()
    {
        var prefix = redis.NextPrefix();
        await using var reader = await RedisHost.StartAsync(redis.Endpoint, prefix);
        await using var writer = await RedisHost.StartAsync(redis.Endpoint, prefix);

        for (var round = 0; round < 300; round++)
        {
            PriceTick[] ticks = [.. Items.Select(item => writer.Tick(item.Value, 1 + round, -600 + round))];
            await writer.WriteAsync(ticks);

            Assert.Equal(ticks, await ReadAsync(reader));
        }
    }

    [Fact]
    public async Task Read_OfASourceThatComesLater_HoldsIt()
    {
        var prefix = redis.NextPrefix();
        await using var reader = await RedisHost.StartAsync(redis.Endpoint, prefix);
        await using var writer = await RedisHost.StartAsync(redis.Endpoint, prefix);
        var (first, second) = (writer.Tick(1, 1m), writer.Tick(1, 2m, source: 2));
        await writer.WriteAsync(first);
        Assert.Equal([first], await ReadAsync(reader));
        Assert.Equal([first], await ReadAsync(reader));

        await writer.WriteAsync(second);

        Assert.Equal([first, second], await ReadAsync(reader));
        Assert.Equal([first, second], await ReadAsync(reader));
    }

    [Fact]
    public async Task Read_AfterAnUpdateThatWasLost_HoldsWhatRedisHolds()
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        using var stranger = await ConnectionMultiplexer.ConnectAsync(redis.Endpoint);
        var (known, newer) = (host.Tick(1, 1m), host.Tick(1, 2m, -50));
        await host.WriteAsync(known);
        Assert.Equal([known], await ReadAsync(host));
        Assert.Equal([known], await ReadAsync(host));

        // As another host's write whose message is lost.
        var value = new byte[TickWire.MaxBytes];
        value = value[..TickWire.Write(value, newer)];
        await stranger.GetDatabase().HashSetAsync($"{prefix}{{s1}}latest", "1:1", value);
        await stranger.GetDatabase().StringIncrementAsync($"{prefix}{{s1}}offset");

        Assert.Equal([newer], await ReadAsync(host));
    }

    [Fact]
    public async Task Read_AfterAFlush_HoldsNothingOfBefore()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "local:");
        await host.WriteAsync(host.Tick(1, 1m));
        Assert.Single(await ReadAsync(host));
        Assert.Single(await ReadAsync(host));

        await server.RunAsync("FLUSHALL");

        Assert.Empty(await ReadAsync(host));
    }

    [Fact]
    public async Task Read_OfThousandsWithLittleRoom_IsRightEveryTime()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix(), options => options.MaxLocal = 100);
        var ticks = Enumerable.Range(1, 3_000).Select(item => host.Tick(item, item)).ToArray();
        await host.WriteAsync(ticks);

        for (var round = 0; round < 3; round++)
        {
            foreach (var part in ticks.Chunk(100))
            {
                Assert.Equal(part, (await host.Reader.ReadPricesAsync([.. part.Reverse().Select(tick => tick.Item)], RedisHost.Token)).Prices);
            }
        }
    }

    [Fact]
    public async Task Read_WhatIsKept_AsksRedisForNoPrice()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "asked:");
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        await host.WriteAsync([.. Items.Select(item => host.Tick(item.Value, 1m))]);
        var arrived = 0;
        await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(update => (arrived += update.Prices.Length) == Items.Length);
        _ = await ReadAsync(host);

        await server.RunAsync("CONFIG", "RESETSTAT");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => ReadAsync(host)));

        Assert.DoesNotContain("cmdstat_hmget", await server.RunAsync("INFO", "commandstats"), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<PriceTick>> ReadAsync(RedisHost host)
    {
        var snapshot = await host.Reader.ReadPricesAsync(Items, RedisHost.Token);
        Assert.False(snapshot.Stale);
        return snapshot.Prices;
    }
}
