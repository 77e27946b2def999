using Microsoft.Extensions.DependencyInjection;
using Tracera.Sqlite;
using Tracera.Testing;

namespace Tracera.Redis.Tests.Hosting;

/// <summary>A store apart from the hosts, against which is held what Redis says: in a file, or in memory under the same contracts.</summary>
internal sealed class ReferenceStore : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracera-redis-store-").FullName;
    private readonly ServiceProvider _services;
    private readonly IPriceSink _sink;

    private ReferenceStore(bool isInFile)
    {
        var services = new ServiceCollection();
        var tracera = services.AddLogging().AddMetrics().AddTracera();
        _ = isInFile ? tracera.AddSqlite(options => options.DataFolder = _folder) : tracera.AddInMemoryStore(new InMemoryStore());
        _services = services.BuildServiceProvider();
        _sink = _services.GetRequiredService<SinkRegistration>().Factory(_services);
    }

    private IItemCatalog Catalog => _services.GetRequiredService<IItemCatalog>();

    /// <summary>Opens a store whose items and sources are numbered from 1.</summary>
    public static async Task<ReferenceStore> OpenAsync(bool isInFile, int items, int sources)
    {
        var store = new ReferenceStore(isInFile);
        foreach (var part in store._services.GetServices<ComponentRegistration>())
        {
            await part.Factory(store._services).StartAsync(RedisHost.Token);
        }

        var ids = await store.Catalog.GetOrAddItemsAsync([.. Enumerable.Range(1, items).Select(item => new ItemKey("test", $"item {item}"))], RedisHost.Token);
        Assert.Equal(Enumerable.Range(1, items), ids.Select(id => id.Value));
        for (var source = 1; source <= sources; source++)
        {
            Assert.Equal(source, (await store.Catalog.GetOrAddSourceAsync("test", new SourceDescriptor($"source {source}", Currency.Usd), RedisHost.Token)).Id.Value);
        }

        return store;
    }

    public async Task WriteAsync(PriceTick[] ticks)
    {
        var outcome = await _sink.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(TimeProvider.System.GetUtcNow()), "test", ticks), RedisHost.Token);
        Assert.Equal(ticks.Length, outcome.Written + outcome.Corrected + outcome.Duplicate);
    }

    /// <summary>The latest tick of every series, ordered by item and source.</summary>
    public async Task<IReadOnlyList<PriceTick>> LatestAsync(int items) => await _services.GetRequiredService<IPriceHistory>()
        .GetLatestAsync([.. Enumerable.Range(1, items).Select(item => new ItemId(item))], TimeProvider.System.GetUtcNow(), RedisHost.Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _services.GetServices<ComponentRegistration>())
        {
            await part.Factory(_services).StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
