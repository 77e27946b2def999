using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tracera.Redis;
using Tracera.Testing;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>The REST API over Redis, on a port of the loopback interface.</summary>
internal sealed class LatestReadHost : IAsyncDisposable
{
    private const int BatchSize = 1_000;
    private const int BeatsPerSecond = 50;
    private readonly WebApplication _app;
    private readonly RedisFeed _feed;
    private readonly IPriceSink _sink;

    private LatestReadHost(WebApplication app, RedisFeed feed)
    {
        (_app, _feed) = (app, feed);
        _sink = app.Services.GetServices<SinkRegistration>().Single(sink => sink.Name == "redis").Factory(app.Services);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts the API, whose Redis is filled from a store then.</summary>
    public static async Task<LatestReadHost> StartAsync(RedisServer server, int items, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var (store, feed) = (new InMemoryStore(), new RedisFeed(items, BatchSize));
        await FillAsync(store, feed, items, cancellationToken);
        builder.Services.AddTracera()
            .AddInMemoryStore(store)
            .AddRedis(redis => (redis.ConnectionString, redis.Prefix) = (server.Endpoint, "read:"))
            .AddIngestion()
            .AddApi();
        var app = builder.Build();
        app.MapTraceraApi();
        await app.StartAsync(cancellationToken);
        var host = new LatestReadHost(app, feed);
        await host.FilledAsync(items, cancellationToken);
        return host;
    }

    /// <summary>Lets so many prices a second become the latest, until it is cancelled.</summary>
    public async Task MoveAsync(int pricesPerSecond, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BeatsPerSecond));
        while (!cancellationToken.IsCancellationRequested && await beat.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var batch in _feed.Make(pricesPerSecond / BeatsPerSecond))
            {
                WrongCountException.ThrowUnless(batch.Count, (await _sink.WriteAsync(batch, cancellationToken)).Written, "Ticks that became the latest");
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task FillAsync(InMemoryStore store, RedisFeed feed, int items, CancellationToken cancellationToken)
    {
        // The store is new, so its first items and source have the numbers that the feed uses.
        await store.Catalog.GetOrAddSourceAsync("load", new SourceDescriptor("load", Currency.Usd), cancellationToken);
        await store.Catalog.GetOrAddItemsAsync([.. Enumerable.Range(1, items).Select(item => new ItemKey("load", $"item {item}"))], cancellationToken);
        foreach (var batch in feed.Make(items))
        {
            await store.History.WriteAsync(batch, cancellationToken);
        }
    }

    private async Task FilledAsync(int items, CancellationToken cancellationToken)
    {
        await _app.Services.GetRequiredService<UpdateListener>().Following.WaitAsync(cancellationToken);
        await _app.Services.GetRequiredService<RefillState>().Completed.WaitAsync(cancellationToken);
        var snapshot = await _app.Services.GetRequiredService<ISnapshotReader>().ReadAllAsync(cancellationToken);
        WrongCountException.ThrowUnless(items, snapshot.Stale ? 0 : snapshot.Prices.Count, "Series in Redis");
    }
}
