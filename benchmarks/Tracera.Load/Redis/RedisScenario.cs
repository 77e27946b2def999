using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using StackExchange.Redis;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>Compare, set and publish through the sink, beside redis-benchmark and beside one HSET and PUBLISH a tick; then reading over HTTP.</summary>
internal sealed class RedisScenario : IScenario
{
    private const int WarmUps = 2;
    private const int Rounds = 5;
    private const int Items = 32_000;
    private const int BatchSize = 16_000;
    private const int Ticks = 640_000;
    private const int PeerTicks = 128_000;
    private const int ReadItems = 20_000;
    private const int WarmUpSeconds = 5;
    private const int ReadSeconds = 10;
    private readonly Samples _ours = new("ours, thousand prices/s");
    private readonly Samples _theirs = new("redis-benchmark, thousand SETs/s");
    private readonly Samples _ratio = new("ratio of a round");
    private readonly Samples _perTick = new("HSET and PUBLISH a tick, thousand prices/s");
    private readonly Samples _perTickRatio = new("ratio of a round to HSET and PUBLISH a tick");
    private readonly Samples _bytes = new("bytes a tick on the channel");

    public string Name => "redis";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (var server = await RedisServer.StartAsync())
        {
            var bench = await RedisBench.StartAsync(server, cancellationToken);
            await using var running = bench;
            await using var multiplexer = new OwnMultiplexer(await ConnectionMultiplexer.ConnectAsync(server.Endpoint));
            var feed = new RedisFeed(Items, BatchSize);
            var peer = new PerTickPeer(multiplexer.Database);
            for (var round = -WarmUps; round < Rounds; round++)
            {
                await RoundAsync(round, server, bench, feed, peer, cancellationToken);
            }
        }

        foreach (var samples in (Samples[])[_ours, _theirs, _ratio, _perTick, _perTickRatio, _bytes])
        {
            await remarks.WriteLineAsync(samples.ToString());
        }

        yield return LoadResult.Of("redis", _ours.Median * 1e3, RedisBenchmarkPeer.Name, _theirs.Median * 1e3, "prices/s");
        yield return LoadResult.Of("redis-per-tick", _ours.Median * 1e3, "HSET and PUBLISH a tick", _perTick.Median * 1e3, "prices/s");
        yield return LoadResult.Of("redis-bytes", _bytes.Median, "the most allowed", 64, "bytes/tick");
        yield return await ReadAsync(remarks, cancellationToken);
    }

    private static async Task<LoadResult> ReadAsync(TextWriter remarks, CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await LatestReadHost.StartAsync(server, ReadItems, cancellationToken);
        while (!await host.IsFilledAsync(ReadItems, cancellationToken))
        {
            await Task.Delay(50, cancellationToken);
        }

        var clients = new LatestReadClients(host.Address, ReadItems);
        await clients.RunAsync(WarmUpSeconds, cancellationToken);
        var times = await clients.RunAsync(ReadSeconds, cancellationToken);
        var (median, p99) = (times[times.Length / 2], times[times.Length * 99 / 100]);
        await remarks.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"latest-read, {LatestReadClients.RequestsPerSecond} requests/s, ms: {median:N2} median, {p99:N2} p99, {times[^1]:N1} most"));
        return LoadResult.Of("latest-read", p99, "the most allowed", 5, "ms p99");
    }

    private async Task RoundAsync(
        int round, RedisServer server, RedisBench bench, RedisFeed feed, PerTickPeer peer, CancellationToken cancellationToken)
    {
        var theirs = await RedisBenchmarkPeer.RunAsync(server, cancellationToken) / 1e3;
        var batches = feed.Make(Ticks);
        var (before, gaps, published) = (bench.Received, bench.Gaps, await PublishedBytesAsync(server));
        GC.Collect();
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            WrongCountException.ThrowUnless(batch.Count, (await bench.Sink.WriteAsync(batch, cancellationToken)).Written, "Ticks that became the latest");
        }

        await bench.ReceivedAsync(before + Ticks);
        var ours = Ticks / Stopwatch.GetElapsedTime(startedAt).TotalSeconds / 1e3;
        WrongCountException.ThrowUnless(Ticks, bench.Received - before, "Ticks that the subscriber got");
        WrongCountException.ThrowUnless(0, bench.Gaps - gaps, "Gaps that the subscriber was told of");
        var bytes = (double)(await PublishedBytesAsync(server) - published) / Ticks;
        var small = feed.Make(PeerTicks);
        startedAt = Stopwatch.GetTimestamp();
        await peer.WriteAsync(small);
        var perTick = PeerTicks / Stopwatch.GetElapsedTime(startedAt).TotalSeconds / 1e3;
        if (round < 0)
        {
            return;
        }

        _ours.Add(ours);
        _theirs.Add(theirs);
        _ratio.Add(ours / theirs);
        _perTick.Add(perTick);
        _perTickRatio.Add(ours / perTick);
        _bytes.Add(bytes);
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
