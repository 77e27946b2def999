using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using Tracera.Redis.Tests.Hosting;
using Tracera.TestServers.Redis;

namespace Tracera.Redis.Tests.Outages;

public sealed class AwayAtStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Host_RedisAwayAtStart_StartsAndRecoversByItself()
    {
        RedisServers.Require();
        await using var server = RedisServer.Prepare();
        await using var host = await RedisHost.BeginAsync(server.Endpoint, "away:", Quick);
        var reading = host.Source.SubscribeAsync(RedisHost.Token);

        await Assert.ThrowsAsync<SinkException>(() => host.WriteAsync(host.Tick(1, 1m)).AsTask());
        Assert.Equal(HealthStatus.Unhealthy, (await host.ReadinessAsync()).Status);
        Assert.True((await host.Reader.ReadAsync([new ItemId(1)], RedisHost.Token)).Stale);
        await using var updates = await reading;

        await server.StartAgainAsync();
        await host.FollowingAsync();
        await Eventually.HoldsAsync(async () => (await host.ReadinessAsync()).Status == HealthStatus.Healthy, Patience, "Readiness");

        Assert.Equal(new WriteOutcome(1), await host.WriteAsync(host.Tick(1, 2m)));
        var batches = await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => batch.Prices.Length > 0);
        Assert.Contains(batches, batch => batch.Gap);
        Assert.False((await host.Reader.ReadAsync([new ItemId(1)], RedisHost.Token)).Stale);
    }

    [Fact]
    public async Task Subscriber_RedisGoesAway_IsToldWhileItIsAwayAndWhenItIsBack()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(
            server.Endpoint, "told:", options => (options.OperationTimeout, options.CheckInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(200)));
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        var reading = updates.ReadAsync(RedisHost.Token).GetAsyncEnumerator(RedisHost.Token);
        await host.WriteAsync(host.Tick(1, 1m));
        while (await reading.MoveNextAsync() && reading.Current.Prices.IsEmpty)
        {
        }

        await server.KillAsync();
        var told = reading.MoveNextAsync().AsTask().WaitAsync(Patience, RedisHost.Token);
        Assert.True(await told && reading.Current is { Gap: true, Prices.IsEmpty: true });
        Assert.True((await host.Reader.ReadAsync([new ItemId(1)], RedisHost.Token)).Stale);

        await server.StartAgainAsync();
        Assert.True(await reading.MoveNextAsync().AsTask().WaitAsync(Patience, RedisHost.Token) && reading.Current.Gap);
        await reading.DisposeAsync();
    }

    [Fact]
    public async Task Host_AppsOwnMultiplexer_IsUsedAndNotDisposed()
    {
        await using var server = await RedisServers.StartAsync();
        using var own = await ConnectionMultiplexer.ConnectAsync(server.Endpoint);
        var host = await RedisHost.StartAsync("nowhere:1", "own:", add: services => services.AddSingleton<IConnectionMultiplexer>(own));
        await host.WriteAsync(host.Tick(1, 1m));

        await host.DisposeAsync();

        Assert.True(own.IsConnected);
        Assert.Equal(1, await own.GetDatabase().HashLengthAsync("own:{s1}latest"));
    }

    private static void Quick(RedisOptions options) => options.OperationTimeout = TimeSpan.FromSeconds(1);
}
