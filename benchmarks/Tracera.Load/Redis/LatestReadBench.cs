using System.Globalization;
using System.Runtime.CompilerServices;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>Reads latest prices over HTTP at a steady rate: while nothing moves, and while prices come in.</summary>
internal static class LatestReadBench
{
    private const int Items = 20_000;
    private const int PricesPerSecond = 5_000;

    // Long enough for the runtime to compile what is hot a second time, which it does beside the load.
    private const int WarmUpSeconds = 12;
    private const int Seconds = 10;

    public static async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await LatestReadHost.StartAsync(server, Items, cancellationToken);
        using var clients = new LatestReadClients(host.Address, Items);
        await clients.RunAsync(WarmUpSeconds);
        yield return await ReadAsync("latest-read", clients, remarks);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var moving = host.MoveAsync(PricesPerSecond, ending.Token);
        yield return await ReadAsync("latest-read-live", clients, remarks);
        await ending.CancelAsync();
        await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        WrongCountException.ThrowUnless(0, moving.IsFaulted ? 1 : 0, "Failures of the prices that came in");
    }

    private static async Task<LoadResult> ReadAsync(string name, LatestReadClients clients, TextWriter remarks)
    {
        var (before, startedAt) = (Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
        var (allocated, paused) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
        var times = await clients.RunAsync(Seconds);
        var load = (Environment.CpuUsage.TotalTime - before) / TimeProvider.System.GetElapsedTime(startedAt);
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / times.Length;
        var (median, p99) = (times[times.Length / 2], times[times.Length * 99 / 100]);
        await remarks.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {LatestReadClients.RequestsPerSecond} requests/s, ms: {median:N2} median, {p99:N2} p99, {times[^1]:N1} most; {load:N2} processors, {bytes:N0} bytes a request, {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:N0} ms of collections, clients included"));
        return LoadResult.Of(name, p99, "the most allowed", 5, "ms p99");
    }
}
