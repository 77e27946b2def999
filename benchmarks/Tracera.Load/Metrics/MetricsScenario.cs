using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>Volatility: the rolling window over many items, a tick into all windows, all figures out, and everything anew.</summary>
internal sealed class MetricsScenario : IScenario
{
    private const int Rounds = 9;
    private const int PeerItems = 1_000;
    private const int ReadItems = 1_000;
    private const int Items = 100_000;

    public string Name => "metrics";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await RollingAsync(remarks);
        yield return await UpdateAsync(remarks);
        yield return await ReadAsync(remarks);
        yield return await RecomputeAsync("metrics-full", Items, 1, remarks, cancellationToken);
        yield return await RecomputeAsync("metrics-sparse", Items, 0.1, remarks, cancellationToken);
        foreach (var items in (int[])[1_000, 10_000, 200_000])
        {
            yield return await RecomputeAsync($"metrics-full-{items}", items, 1, remarks, cancellationToken);
        }
    }

    private static async Task<LoadResult> RollingAsync(TextWriter remarks)
    {
        var (load, ours, theirs) = (new RollingLoad(), new Samples("rolling, ns a point"), new Samples("rolling, running sums, ns a point"));
        load.Check();
        for (var round = -2; round < Rounds; round++)
        {
            var (a, b) = (load.Ours(), load.Theirs());
            Keep(round, ours, a);
            Keep(round, theirs, b);
        }

        await remarks.WriteLineAsync($"{ours}{Environment.NewLine}{theirs}");
        return LoadResult.Of("metrics", ours.Median, "running sums, one item after the other", theirs.Median, "ns/point");
    }

    private static async Task<LoadResult> UpdateAsync(TextWriter remarks)
    {
        var (load, time, bytes) = (new UpdateLoad(), new Samples("update, ns a tick"), new Samples("update, bytes a tick"));
        for (var round = -4; round < Rounds; round++)
        {
            var (nanoseconds, allocated) = load.Run();
            Keep(round, time, nanoseconds);
            Keep(round, bytes, allocated);
        }

        load.Check();
        await remarks.WriteLineAsync($"{time}{Environment.NewLine}{bytes}");
        return LoadResult.Of("metrics-update", time.Median, "nothing allocated: bytes a tick", bytes.Median, "ns/tick");
    }

    private static async Task<LoadResult> ReadAsync(TextWriter remarks)
    {
        var (load, ours, theirs) = (new RecomputeLoad(ReadItems, 1), new Samples("read, us a series"), new Samples("read, scalar over bars, us a series"));
        for (var round = -2; round < Rounds; round++)
        {
            Keep(round, ours, load.Read());
            Keep(round, theirs, load.Theirs(PeerItems / 10) * 1_000 / ReadItems);
        }

        await remarks.WriteLineAsync($"{ours}{Environment.NewLine}{theirs}");
        return LoadResult.Of("metrics-read", ours.Median, "scalar over bars", theirs.Median, "us/series");
    }

    private static async Task<LoadResult> RecomputeAsync(string name, int items, double filled, TextWriter remarks, CancellationToken cancellationToken)
    {
        var (load, ours, theirs) = (new RecomputeLoad(items, filled), new Samples($"{name}, ms"), new Samples($"{name}, scalar over bars, ms"));
        for (var round = -1; round < Rounds / 3; round++)
        {
            Keep(round, ours, await load.OursAsync(cancellationToken));
            Keep(round, theirs, load.Theirs(Math.Min(items, PeerItems)));
        }

        await remarks.WriteLineAsync($"{ours}{Environment.NewLine}{theirs}");
        await remarks.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {ours.Median * 1_000 / items:N2} us a series, {RecomputeLoad.BytesPerSeries} bytes a series"));
        return LoadResult.Of(name, ours.Median, "scalar over bars", theirs.Median, "ms");
    }

    private static void Keep(int round, Samples samples, double figure)
    {
        if (round >= 0)
        {
            samples.Add(figure);
        }
    }
}
