using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracera.Redis.Tests.Hosting;
using Tracera.TestServers.Redis;

namespace Tracera.Redis.Tests.Outages;

/// <summary>A whole host: a feed, the store in a file, Redis, and live subscribers that each note which epochs they were told of.</summary>
internal sealed class OutageHost : IAsyncDisposable
{
    private const int Subscribers = 3;
    private readonly IHost _host;
    private readonly string _folder;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<(int Subscriber, int Shard, long Epoch), bool> _told = new();
    private Task _reading = Task.CompletedTask;
    private int _backwards;

    private OutageHost(IHost host, string folder, SteadyFeed feed) => (_host, _folder, Feed) = (host, folder, feed);

    public SteadyFeed Feed { get; }

    /// <summary>The latest ticks that a subscriber saw.</summary>
    public IReadOnlyList<ConcurrentDictionary<SeriesKey, PriceTick>> Watched { get; } =
        [.. Enumerable.Range(0, Subscribers).Select(_ => new ConcurrentDictionary<SeriesKey, PriceTick>())];

    /// <summary>How often a series went backwards for a subscriber.</summary>
    public int Backwards => _backwards;

    private IPriceHistory Store => _host.Services.GetRequiredService<IPriceHistory>();

    private ISnapshotReader Cache => _host.Services.GetRequiredService<ISnapshotReader>();

    public static async Task<OutageHost> StartAsync(RedisServer server, int pricesPerSecond, int items)
    {
        var folder = Directory.CreateTempSubdirectory("tracera-outage-").FullName;
        var feed = new SteadyFeed(pricesPerSecond, items);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTracera()
            .AddSqlite(store => store.DataFolder = folder)
            .AddRedis(redis => redis.ConnectionString = server.Endpoint)
            .AddIngestion()
            .AddProvider(new ProviderRegistration("steady", _ => feed));
        var host = new OutageHost(builder.Build(), folder, feed);
        await host._host.StartAsync(RedisHost.Token);
        var reading = new List<Task>();
        for (var subscriber = 0; subscriber < Subscribers; subscriber++)
        {
            reading.Add(host.WatchAsync(subscriber, await host._host.Services.GetRequiredService<IUpdateSource>().SubscribeAsync(RedisHost.Token)));
        }

        host._reading = Task.WhenAll(reading);
        return host;
    }

    public SinkLedger Ledger(string sink) => _host.Services.GetRequiredService<IIngestionControl>().GetPipeline().Sinks.Single(ledger => ledger.Sink == sink);

    /// <summary>Whether the cache holds, of every series, what the store held a moment before or something newer.</summary>
    public async Task<bool> IsCaughtUpAsync()
    {
        var stored = await StoredAsync();
        var snapshot = await Cache.ReadAllAsync(RedisHost.Token);
        var cached = snapshot.Prices.ToDictionary(tick => tick.Series);
        return !snapshot.Stale && stored.All(tick => cached.TryGetValue(tick.Series, out var known) && !tick.IsNewerThan(known));
    }

    public async Task<IReadOnlyList<PriceTick>> StoredAsync()
    {
        var items = new List<ItemId>();
        await foreach (var series in Store.ReadSeriesAsync(DateTimeOffset.MinValue, RedisHost.Token))
        {
            items.Add(series.Item);
        }

        return items.Count == 0 ? [] : await Store.GetLatestAsync(items, TimeProvider.System.GetUtcNow(), RedisHost.Token);
    }

    public async Task<IReadOnlyList<PriceTick>> CachedAsync() => (await Cache.ReadAllAsync(RedisHost.Token)).Prices;

    public async Task<long[]> EpochsAsync() => [.. (await Cache.ReadAllAsync(RedisHost.Token)).Position.Points.Select(point => point.Epoch)];

    /// <summary>Whether every subscriber was told of a gap in the present epoch of every shard, none of which is one of before.</summary>
    public async Task<bool> IsToldOfNewEpochsAsync(long[] before)
    {
        var points = (await Cache.ReadAllAsync(RedisHost.Token)).Position.Points.ToList();
        return points.Count == RedisOptions.DefaultShards
            && points.TrueForAll(point => !before.Contains(point.Epoch)
                && Enumerable.Range(0, Subscribers).All(subscriber => _told.ContainsKey((subscriber, point.Shard, point.Epoch))));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WatchAsync(int subscriber, IUpdateSubscription updates)
    {
        await using var open = updates;
        var watched = Watched[subscriber];
        await foreach (var update in updates.ReadAsync(_stopping.Token))
        {
            if (update.Gap && _told.TryAdd((subscriber, update.Point.Shard, update.Point.Epoch), true))
            {
                // In a new epoch the store may be behind what was live before it, and the series begins again from there.
                foreach (var series in watched.Keys.Where(key => key.Item.Value % RedisOptions.DefaultShards == update.Point.Shard))
                {
                    watched.TryRemove(series, out _);
                }
            }

            foreach (var tick in update.Prices.ToArray())
            {
                if (watched.TryGetValue(tick.Series, out var known) && !tick.IsNewerThan(known))
                {
                    Interlocked.Increment(ref _backwards);
                }

                watched[tick.Series] = tick;
            }
        }
    }
}
