using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>Volatility: the rolling window over many items, a tick into all windows, all figures out, and everything anew.</summary>
internal sealed class MetricsScenario : IScenario
{
    private const int Rounds = 9;
    private const int PeerItems = 1_000;
    private const int Items = 100_000;
    private const int WorkerItems = 1_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public string Name => "metrics";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (name, run) in Lines(remarks, cancellationToken))
        {
            if (IsWanted(name))
            {
                yield return await run();
            }
        }
    }

    private static IEnumerable<(string Name, Func<Task<LoadResult>> Run)> Lines(TextWriter remarks, CancellationToken cancellationToken)
    {
        yield return ("metrics", () => RollingAsync(remarks));
        yield return ("metrics-update", () => UpdateAsync(remarks));
        yield return ("metrics-read", () => ReadAsync("metrics-read", load => load.AfterTicks(), remarks));
        yield return ("metrics-read-anew", () => ReadAsync("metrics-read-anew", load => load.Anew(), remarks));
        foreach (var (name, items, filled) in ((string, int, double)[])
            [("metrics-full", Items, 1), ("metrics-sparse", Items, 0.1), ("metrics-full-1000", 1_000, 1), ("metrics-full-10000", 10_000, 1), ("metrics-full-200000", 200_000, 1)])
        {
            yield return (name, () => RecomputeAsync(name, items, filled, remarks, cancellationToken));
        }

        yield return ("metrics-worker", () => WorkerAsync(remarks, cancellationToken));
    }

    // The environment may name the lines that are wanted, separated by commas.
    private static bool IsWanted(string name) =>
        Environment.GetEnvironmentVariable("TRACERA_LOAD_METRICS") is not { Length: > 0 } wanted || wanted.Split(',').Contains(name);

    private static async Task<LoadResult> RollingAsync(TextWriter remarks)
    {
        var (load, ours, theirs) = (new RollingLoad(), new Samples("rolling, ns a point"), new Samples("rolling, running sums, ns a point"));
        load.Check();
        foreach (var isMeasured in Warmed(Rounds))
        {
            var (a, b) = (load.Ours(), load.Theirs());
            Keep(isMeasured, ours, a);
            Keep(isMeasured, theirs, b);
        }

        await remarks.WriteLineAsync($"{ours}{Environment.NewLine}{theirs}");
        return LoadResult.Of("metrics", ours.Median, "running sums, one item after the other", theirs.Median, "ns/point");
    }

    private static async Task<LoadResult> UpdateAsync(TextWriter remarks)
    {
        var (load, time, bytes) = (new UpdateLoad(), new Samples("update, ns a tick"), new Samples("update, bytes a tick"));
        foreach (var isMeasured in Warmed(Rounds))
        {
            var (nanoseconds, allocated) = load.Run();
            Keep(isMeasured, time, nanoseconds);
            Keep(isMeasured, bytes, allocated);
        }

        load.Check();
        await remarks.WriteLineAsync($"{time}{Environment.NewLine}{bytes}");
        return LoadResult.Of("metrics-update", time.Median, "nothing allocated: bytes a tick", bytes.Median, "ns/tick");
    }

    private static async Task<LoadResult> ReadAsync(string name, Func<ReadLoad, double> read, TextWriter remarks)
    {
        var (load, peer) = (new ReadLoad(), new RecomputeLoad(PeerItems / 10, 1));
        var (ours, theirs) = (new Samples($"{name}, us a series"), new Samples($"{name}, scalar over bars, us a series"));
        foreach (var isMeasured in Warmed(Rounds))
        {
            Keep(isMeasured, ours, read(load));
            Keep(isMeasured, theirs, peer.Theirs(PeerItems / 10) * 1_000 / (PeerItems / 10));
        }

        await remarks.WriteLineAsync($"{ours}{Environment.NewLine}{theirs}");
        return LoadResult.Of(name, ours.Median, "scalar over bars", theirs.Median, "us/series");
    }

    private static async Task<LoadResult> RecomputeAsync(string name, int items, double filled, TextWriter remarks, CancellationToken cancellationToken)
    {
        var (load, ours, theirs) = (new RecomputeLoad(items, filled), new Samples($"{name}, ms"), new Samples($"{name}, scalar over bars, ms"));
        foreach (var isMeasured in Warmed(Rounds / 3))
        {
            load.Refill();
            Keep(isMeasured, ours, await load.OursAsync(cancellationToken));
            Keep(isMeasured, theirs, load.Theirs(Math.Min(items, PeerItems)));
        }

        await remarks.WriteLineAsync($"{ours}{Environment.NewLine}{theirs}");
        await remarks.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {ours.Median * 1_000 / items:N2} us a series, {load.BytesPerSeries} bytes a series"));
        return LoadResult.Of(name, ours.Median, "scalar over bars", theirs.Median, "ms");
    }

    private static async Task<LoadResult> WorkerAsync(TextWriter remarks, CancellationToken cancellationToken)
    {
        var items = LoadSize.Of("TRACERA_LOAD_WORKER", WorkerItems);
        await new WorkerLoad(Math.Min(items, PeerItems * 20)).RunAsync(cancellationToken);
        var load = new WorkerLoad(items);
        var elapsed = await load.RunAsync(cancellationToken);
        await remarks.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"metrics-worker: {items} series, {elapsed * 1_000 / items:N2} us each, {load.KeptBytes} bytes kept of each, at most {load.BesideMebibytes} MiB beside that"));
        return LoadResult.Of("metrics-worker", elapsed, "in memory beside what is kept: MiB", load.BesideMebibytes, "ms");
    }

    // The runtime compiles what is hot a second time, in the background: what is measured before that says nothing of a program that runs for days.
    private static IEnumerable<bool> Warmed(int rounds)
    {
        var startedAt = Stopwatch.GetTimestamp();
        do
        {
            yield return false;
        }
        while (Stopwatch.GetElapsedTime(startedAt) < WarmUp);

        for (var round = 0; round < rounds; round++)
        {
            yield return true;
        }
    }

    private static void Keep(bool isMeasured, Samples samples, double figure)
    {
        if (isMeasured)
        {
            samples.Add(figure);
        }
    }
}
