using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tracera.Testing;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>The REST API over Redis, on a port of the loopback interface.</summary>
internal sealed class LatestReadHost : IAsyncDisposable
{
    private const int BatchSize = 1_000;
    private readonly WebApplication _app;

    private LatestReadHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts the API and fills Redis.</summary>
    public static async Task<LatestReadHost> StartAsync(RedisServer server, int items, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var store = new InMemoryStore();
        await FillAsync(store, items, cancellationToken);
        builder.Services.AddTracera()
            .AddInMemoryStore(store)
            .AddRedis(redis => (redis.ConnectionString, redis.Prefix) = (server.Endpoint, "read:"))
            .AddIngestion()
            .AddApi();
        var app = builder.Build();
        app.MapTraceraApi();
        await app.StartAsync(cancellationToken);
        return new LatestReadHost(app);
    }

    /// <summary>Whether Redis holds everything that the store does.</summary>
    public async Task<bool> IsFilledAsync(int items, CancellationToken cancellationToken)
    {
        var snapshot = await _app.Services.GetRequiredService<ISnapshotReader>().ReadAllAsync(cancellationToken);
        return snapshot.Prices.Count == items && !snapshot.Stale;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task FillAsync(InMemoryStore store, int items, CancellationToken cancellationToken)
    {
        var source = await store.Catalog.GetOrAddSourceAsync("load", new SourceDescriptor("load", Currency.Usd), cancellationToken);
        var ids = await store.Catalog.GetOrAddItemsAsync([.. Enumerable.Range(1, items).Select(item => new ItemKey("load", $"item {item}"))], cancellationToken);
        foreach (var batch in new RedisFeed(items, BatchSize).Make(items))
        {
            var ticks = batch.Ticks.ToArray();
            for (var i = 0; i < ticks.Length; i++)
            {
                ticks[i] = ticks[i] with { Item = ids[ticks[i].Item.Value - 1], Source = source.Id };
            }

            await store.History.WriteAsync(new PriceBatch(batch.Id, default, "load", ticks), cancellationToken);
        }
    }
}
