using Microsoft.Extensions.DependencyInjection;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Snapshots;

/// <summary>A host that has just started does not yet know which sources there are; nobody gets an answer without one of them.</summary>
public sealed class SourceLearningTests(SharedRedis redis)
{
    private static readonly ItemId[] Items = [new(1)];
    private readonly HeldCatalog _catalog = new(1, 2);
    private readonly string _prefix = redis.NextPrefix();

    [Fact]
    public async Task Read_WhileTheSourcesAreRead_HoldsThemAll()
    {
        var ticks = await WriteAsync();
        await using var reader = await ReaderAsync();

        var first = ReadAsync(reader, RedisHost.Token);
        await _catalog.Asked;
        var second = ReadAsync(reader, RedisHost.Token);
        _catalog.Release();

        Assert.Equal(ticks, await first);
        Assert.Equal(ticks, await second);
        Assert.Equal(ticks, await ReadAsync(reader, RedisHost.Token));
    }

    [Fact]
    public async Task Read_AfterOneThatWasGivenUpWhileTheSourcesWereRead_HoldsThemAll()
    {
        var ticks = await WriteAsync();
        await using var reader = await ReaderAsync();
        using var givenUp = new CancellationTokenSource();
        var first = ReadAsync(reader, givenUp.Token);
        await _catalog.Asked;
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = ReadAsync(reader, RedisHost.Token);
        _catalog.Release();

        Assert.Equal(ticks, await second);
    }

    // By a host that has gone before the other one comes, which therefore hears of no source.
    private async Task<PriceTick[]> WriteAsync()
    {
        await using var writer = await RedisHost.StartAsync(redis.Endpoint, _prefix);
        PriceTick[] ticks = [writer.Tick(1, 1m), writer.Tick(1, 2m, source: 2)];
        await writer.WriteAsync(ticks);
        return ticks;
    }

    private Task<RedisHost> ReaderAsync() => RedisHost.StartAsync(redis.Endpoint, _prefix, add: services => services.AddSingleton<IItemCatalog>(_catalog));

    private static async Task<IReadOnlyList<PriceTick>> ReadAsync(RedisHost host, CancellationToken cancellationToken)
    {
        var snapshot = await host.Reader.ReadPricesAsync(Items, cancellationToken);
        Assert.False(snapshot.Stale);
        return snapshot.Prices;
    }
}
