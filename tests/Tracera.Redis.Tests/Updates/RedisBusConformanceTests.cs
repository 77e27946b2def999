using Tracera.Redis.Tests.Hosting;
using Tracera.Testing;

namespace Tracera.Redis.Tests.Updates;

/// <summary>The bus on a real server under the contracts of every bus.</summary>
public sealed class RedisBusConformanceTests(SharedRedis redis)
{
    private const int QueueCapacity = 64;

    [Fact]
    public Task Bus_OnRedis_KeepsEveryRule()
    {
        // Asked for here, where a server that is missing skips the test: inside a rule it would break it.
        var endpoint = redis.Endpoint;
        return BusConformance.For(_ => OpenAsync(endpoint, redis.NextPrefix())).VerifyAsync(RedisHost.Token);
    }

    internal static async ValueTask<BusUnderTest> OpenAsync(string endpoints, string prefix)
    {
        var host = await RedisHost.StartAsync(endpoints, prefix, options => options.QueueCapacity = QueueCapacity);
        return new BusUnderTest
        {
            Sink = host.Sink,
            Publisher = new CachedPublisher(host.Cache, host.Publisher),
            Source = host.Source,
            Snapshots = host.Reader,
            WritesThatOverflow = 3 * QueueCapacity,
            Now = BarLevel.Minute1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(-10),
            Series = [.. new[] { (1, 1), (2, 1), (17, 1), (1, 2) }.Select(key => new SeriesKey(new ItemId(key.Item1), new SourceId(key.Item2)))],
            Close = host.DisposeAsync,
        };
    }

    /// <summary>Keeps figures before it publishes them, as the worker does.</summary>
    private sealed class CachedPublisher(IVolatilityCache cache, IUpdatePublisher publisher) : IUpdatePublisher
    {
        public async ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
        {
            await cache.StoreAsync(snapshots, cancellationToken);
            await publisher.PublishAsync(snapshots, cancellationToken);
        }
    }
}
