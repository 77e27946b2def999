using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using StackExchange.Redis;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>Compare, set and publish through the sink, beside redis-benchmark and beside one HSET and PUBLISH a tick; then reading over HTTP.</summary>
/// <remarks>TRACERA_LOAD_REDIS=write or =read runs one half of it.</remarks>
internal sealed class RedisScenario : IScenario
{
    private const int WarmUps = 2;
    private const int Rounds = 5;
    private const int Items = 32_000;
    private const int BatchSize = 16_000;
    private const int Ticks = 640_000;
    private const int PeerTicks = 128_000;
    private static readonly string? Half = Environment.GetEnvironmentVariable("TRACERA_LOAD_REDIS");
    private readonly Samples _ours = new("ours, thousand prices/s");
    private readonly Samples _shuffled = new("ours, none newer than all of its shard, thousand prices/s");
    private readonly Samples _theirs = new("redis-benchmark, thousand SETs/s");
    private readonly Samples _ratio = new("ratio of a round");
    private readonly Samples _shuffledRatio = new("ratio of a round, none newer than all of its shard");
    private readonly Samples _perTick = new("HSET and PUBLISH a tick, thousand prices/s");
    private readonly Samples _perTickRatio = new("ratio of a round to HSET and PUBLISH a tick");
    private readonly Samples _bytes = new("bytes a tick on the channel");

    public string Name => "redis";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Half != "read")
        {
            await WriteAsync(cancellationToken);
            foreach (var samples in (Samples[])[_ours, _shuffled, _theirs, _ratio, _shuffledRatio, _perTick, _perTickRatio, _bytes])
            {
                await remarks.WriteLineAsync(samples.ToString());
            }

            yield return LoadResult.Of("redis", _ours.Median * 1e3, RedisBenchmarkPeer.Name, _theirs.Median * 1e3, "prices/s");
            yield return LoadResult.Of("redis-shuffled", _shuffled.Median * 1e3, RedisBenchmarkPeer.Name, _theirs.Median * 1e3, "prices/s");
            yield return LoadResult.Of("redis-per-tick", _ours.Median * 1e3, "HSET and PUBLISH a tick", _perTick.Median * 1e3, "prices/s");
            yield return LoadResult.Of("redis-bytes", _bytes.Median, "the most allowed", 64, "bytes/tick");
        }

        if (Half != "write")
        {
            await foreach (var result in LatestReadBench.RunAsync(remarks, cancellationToken))
            {
                yield return result;
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.StartAsync();
        await using var bench = await RedisBench.StartAsync(server, "newest:", cancellationToken);
        await using var shuffledBench = await RedisBench.StartAsync(server, "shuffled:", cancellationToken);
        await using var multiplexer = new OwnMultiplexer(await ConnectionMultiplexer.ConnectAsync(server.Endpoint));
        var (feed, shuffled) = (new RedisFeed(Items, BatchSize), new RedisFeed(Items, BatchSize, isShuffled: true));
        var peer = new PerTickPeer(multiplexer.Database);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var theirs = await RedisBenchmarkPeer.RunAsync(server, cancellationToken) / 1e3;
            var (ours, bytes) = await RoundAsync(server, bench, feed, cancellationToken);
            var (compared, _) = await RoundAsync(server, shuffledBench, shuffled, cancellationToken);
            var perTick = await PeerRoundAsync(peer, feed);
            if (round >= 0)
            {
                Add(ours, compared, theirs, perTick, bytes);
            }
        }
    }

    private void Add(double ours, double shuffled, double theirs, double perTick, double bytes)
    {
        _ours.Add(ours);
        _shuffled.Add(shuffled);
        _theirs.Add(theirs);
        _ratio.Add(ours / theirs);
        _shuffledRatio.Add(shuffled / theirs);
        _perTick.Add(perTick);
        _perTickRatio.Add(ours / perTick);
        _bytes.Add(bytes);
    }

    private static async Task<(double Rate, double Bytes)> RoundAsync(RedisServer server, RedisBench bench, RedisFeed feed, CancellationToken cancellationToken)
    {
        var (batches, published) = (feed.Make(Ticks), await PublishedBytesAsync(server));
        GC.Collect();
        var rate = await bench.WriteAsync(batches, cancellationToken) / 1e3;
        return (rate, (double)(await PublishedBytesAsync(server) - published) / Ticks);
    }

    private static async Task<double> PeerRoundAsync(PerTickPeer peer, RedisFeed feed)
    {
        var batches = feed.Make(PeerTicks);
        var startedAt = Stopwatch.GetTimestamp();
        await peer.WriteAsync(batches);
        return PeerTicks / Stopwatch.GetElapsedTime(startedAt).TotalSeconds / 1e3;
    }

    // What the server has sent: the updates, and the answers to script calls, of which there is one for a thousand ticks.
    private static async Task<long> PublishedBytesAsync(RedisServer server)
    {
        var stats = await server.RunAsync("INFO", "stats");
        var line = stats.Split('\n').First(text => text.StartsWith("total_net_output_bytes:", StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1].Trim(), CultureInfo.InvariantCulture);
    }

    private sealed class OwnMultiplexer(ConnectionMultiplexer multiplexer) : IAsyncDisposable
    {
        public IDatabase Database => multiplexer.GetDatabase();

        public ValueTask DisposeAsync()
        {
            multiplexer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
