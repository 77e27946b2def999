using Microsoft.Extensions.DependencyInjection;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Snapshots;

/// <summary>A host that has just started does not yet know which sources there are; nobody gets an answer without one of them.</summary>
public sealed class SourceLearningTests(SharedRedis redis)
{
    private static readonly ItemId[] Items = [new(1)];

    [Fact]
    public async Task Read_WhileTheSourcesAreRead_HoldsThemAll()
    {
        var catalog = new HeldCatalog(1, 2);
        var prefix = redis.NextPrefix();
        await using var writer = await RedisHost.StartAsync(redis.Endpoint, prefix);
        PriceTick[] ticks = [writer.Tick(1, 1m), writer.Tick(1, 2m, source: 2)];
        await writer.WriteAsync(ticks);
        await using var reader = await RedisHost.StartAsync(redis.Endpoint, prefix, add: services => services.AddSingleton<IItemCatalog>(catalog));

        var first = ReadAsync(reader, RedisHost.Token);
        await catalog.Asked;
        var second = ReadAsync(reader, RedisHost.Token);
        catalog.Release();

        Assert.Equal(ticks, await first);
        Assert.Equal(ticks, await second);
        Assert.Equal(ticks, await ReadAsync(reader, RedisHost.Token));
    }

    [Fact]
    public async Task Read_AfterOneThatWasGivenUpWhileTheSourcesWereRead_HoldsThemAll()
    {
        var catalog = new HeldCatalog(1, 2);
        var prefix = redis.NextPrefix();
        await using var writer = await RedisHost.StartAsync(redis.Endpoint, prefix);
        PriceTick[] ticks = [writer.Tick(1, 1m), writer.Tick(1, 2m, source: 2)];
        await writer.WriteAsync(ticks);
        await using var reader = await RedisHost.StartAsync(redis.Endpoint, prefix, add: services => services.AddSingleton<IItemCatalog>(catalog));
        using var givenUp = new CancellationTokenSource();
        var first = ReadAsync(reader, givenUp.Token);
        await catalog.Asked;
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = ReadAsync(reader, RedisHost.Token);
        catalog.Release();

        Assert.Equal(ticks, await second);
    }

    private static async Task<IReadOnlyList<PriceTick>> ReadAsync(RedisHost host, CancellationToken cancellationToken)
    {
        var snapshot = await host.Reader.ReadPricesAsync(Items, cancellationToken);
        Assert.False(snapshot.Stale);
        return snapshot.Prices;
    }
}
