using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Outages;

/// <summary>
/// Redis is killed, emptied and halted under a running feed: P1, P2, P4, P5 and P6. TRACERA_TORTURE=full runs it at 20 kills, 5 flushes and a halt of 60 s; without, at 2, 1
/// and 8 s.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OutageTests
{
    private const int PricesPerSecond = 5_000;
    private const int Items = 2_000;
    private const double LeastRate = 0.95;
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("TRACERA_TORTURE") == "full";
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Feed_RedisKilledEmptiedAndHalted_LosesNothingAndIsSoonLiveAgain()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await OutageHost.StartAsync(server, PricesPerSecond, Items);
        await Eventually.HoldsAsync(() => host.Feed.Yielded > PricesPerSecond, TimeSpan.FromSeconds(30), "The feed runs");
        await Eventually.HoldsAsync(host.IsCaughtUpAsync, Recovery, "The cache is filled");
        var (startedAt, before) = (TimeProvider.System.GetTimestamp(), host.Feed.Yielded);

        for (var i = 0; i < (IsFull ? 20 : 2); i++)
        {
            var epochs = await host.EpochsAsync();
            await server.KillAsync();
            await PassAsync(TimeSpan.FromSeconds(1));
            await server.StartAgainAsync();
            await RecoversAsync(host, epochs, $"kill {i + 1}");
        }

        for (var i = 0; i < (IsFull ? 5 : 1); i++)
        {
            var epochs = await host.EpochsAsync();
            Assert.Equal("OK", await server.RunAsync("FLUSHALL"));
            await RecoversAsync(host, epochs, $"flush {i + 1}");
        }

        server.Halt();
        await PassAsync(TimeSpan.FromSeconds(IsFull ? 60 : 8));
        server.GoOn();
        await Eventually.HoldsAsync(host.IsCaughtUpAsync, Recovery, "The cache equals the store after the halt");

        var rate = (host.Feed.Yielded - before) / TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
        TestContext.Current.SendDiagnosticMessage($"Outages: {rate:N0} prices/s of {PricesPerSecond:N0}, {host.Feed.Yielded:N0} in all.");
        Assert.True(rate >= LeastRate * PricesPerSecond, $"{rate:N0} prices a second of {PricesPerSecond:N0}.");
        await EndsEqualAsync(host);
    }

    private static async Task RecoversAsync(OutageHost host, long[] epochs, string after)
    {
        await Eventually.HoldsAsync(() => host.IsToldOfNewEpochsAsync(epochs), Recovery, $"Every subscriber is told of the new epochs after {after}");
        await Eventually.HoldsAsync(host.IsCaughtUpAsync, Recovery, $"The cache equals the store after {after}");
    }

    private static async Task EndsEqualAsync(OutageHost host)
    {
        host.Feed.End();
        await Eventually.HoldsAsync(() => host.Ledger("store").Buffered == 0 && host.Ledger("redis").Buffered == 0 && host.Ledger("store").Offered == host.Feed.Yielded, TimeSpan.FromSeconds(30), "The queues are empty");
        var (store, redis) = (host.Ledger("store"), host.Ledger("redis"));
        Assert.Equal(host.Feed.Yielded, store.Written);
        Assert.Equal(0, store.Lost + store.DeadLettered + store.Conflated + redis.Lost + redis.DeadLettered);
        Assert.Equal(redis.Offered, redis.Written + redis.Duplicate + redis.Corrected + redis.Conflated);
        var stored = await host.StoredAsync();
        Assert.Equal(Items, stored.Count);
        Assert.Equal(stored, await host.CachedAsync());
        await Eventually.HoldsAsync(() => host.Watched.All(watched => stored.All(tick => watched.GetValueOrDefault(tick.Series) == tick)), Recovery, "Every subscriber has the latest of every series");
        Assert.Equal(0, host.Backwards);
    }

    // How long Redis is away is what is tested; nothing tells of it.
    private static async Task PassAsync(TimeSpan span) => await Task.Delay(span, RedisHost.Token);
}
