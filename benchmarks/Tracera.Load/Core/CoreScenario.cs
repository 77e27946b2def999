using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>The hot path: normalise, deduplicate, batch, dispatch and pump to two null sinks.</summary>
/// <remarks>Ticks are those that reach both sinks; rows that are rejected or repeat another are worked on but not counted.</remarks>
internal sealed class CoreScenario : IScenario
{
    private static readonly int WarmUps = LoadSize.Of("TRACERA_LOAD_WARMUPS", 25);
    private static readonly int Rounds = LoadSize.Of("TRACERA_LOAD_ROUNDS", 21);
    private static readonly int Cycles = LoadSize.Of("TRACERA_LOAD_CYCLES", 20);

    // As many as the field has venues, and more than there are processors: while one run ends and the next begins, another one has rows.
    private static readonly int ProviderCount = LoadSize.Of("TRACERA_LOAD_PROVIDERS", 4);
    private readonly CoreProvider[] _providers = Providers();
    private readonly CoreProvider[] _peerProviders = Providers();
    private readonly CoreProvider[] _floorProviders = Providers();
    private readonly Samples _ours = new("ours, million ticks/s");
    private readonly Samples _theirs = new("peer, million ticks/s");
    private readonly Samples _floor = new("enumeration alone, million ticks/s");
    private readonly Samples _ratio = new("ratio of a round");
    private readonly Samples _bytes = new("ours, bytes that a tick adds to a run");
    private readonly Samples _work = new("ours, ns of processor a tick");
    private readonly Samples _peerWork = new("peer, ns of processor a tick");
    private readonly Samples _floorWork = new("enumeration alone, ns of processor a tick");
    private readonly Samples _peerBytes = new("peer, bytes a tick");
    private readonly Samples _runBytes = new("ours, bytes a run");
    private readonly Samples _emptyBytes = new("ours, bytes a run without rows");
    private readonly Samples _emptyTime = new("ours, us of a run without rows");
    private readonly Samples _emptyWork = new("ours, us of processor a run without rows");

    public string Name => "core";

    private double Runs => (double)Cycles * _providers.Length;

    private double Ticks => Runs * CoreFeed.Items;

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipeline = await CorePipeline.StartAsync(_providers, cancellationToken);
        await using (pipeline)
        {
            var peer = new ItemChannelPeer(_peerProviders);
            for (var round = -WarmUps; round < Rounds; round++)
            {
                await RoundAsync(round, pipeline, peer, cancellationToken);
            }
        }

        Samples[] all = [_ours, _theirs, _floor, _ratio, _work, _peerWork, _floorWork, _bytes, _peerBytes, _runBytes, _emptyBytes, _emptyTime, _emptyWork];
        foreach (var samples in all)
        {
            await remarks.WriteLineAsync(samples.ToString());
        }

        // The two of a round ran one after the other, so what the machine did meanwhile tells less in their ratio than in that of the medians.
        yield return LoadResult.Of("core", _ours.Median * 1e6, "a bounded channel per item", _theirs.Median * 1e6, "ticks/s") with { Ratio = Math.Round(_ratio.Median, 2) };

        // A run allocates something of its own, rows or not: by how much differs from round to round, so that those with rows may come out with less.
        yield return LoadResult.Of("core-alloc", Math.Max(0, _bytes.Median), "a bounded channel per item", _peerBytes.Median, "bytes/tick");
        yield return LoadResult.Of("core-alloc-run", _runBytes.Median, "a run without rows", _emptyBytes.Median, "bytes/run");
        yield return LoadResult.Of("core-floor", _ours.Median * 1e6, "enumeration alone", _floor.Median * 1e6, "ticks/s");
    }

    private async Task RoundAsync(int round, CorePipeline pipeline, ItemChannelPeer peer, CancellationToken cancellationToken)
    {
        var floor = await MeasureAsync(round, _floorProviders, new EnumerationFloor(_floorProviders).RunAsync, cancellationToken);
        var ours = await MeasureAsync(round, _providers, pipeline.RunAsync, cancellationToken);
        var empty = await MeasureAsync(pipeline.RunCyclesAsync, cancellationToken);
        pipeline.Check();
        var theirs = await MeasureAsync(round, _peerProviders, peer.RunAsync, cancellationToken);
        peer.Check();
        if (round < 0)
        {
            return;
        }

        _ours.Add(Ticks / ours.Seconds / 1e6);
        _theirs.Add(Ticks / theirs.Seconds / 1e6);
        _floor.Add(Ticks / floor.Seconds / 1e6);
        _ratio.Add(theirs.Seconds / ours.Seconds);
        _work.Add(ours.Work * 1e9 / Ticks);
        _peerWork.Add(theirs.Work * 1e9 / Ticks);
        _floorWork.Add(floor.Work * 1e9 / Ticks);
        _bytes.Add((ours.Bytes - floor.Bytes - empty.Bytes) / Ticks);
        _peerBytes.Add((theirs.Bytes - floor.Bytes) / Ticks);
        _runBytes.Add((ours.Bytes - floor.Bytes) / Runs);
        _emptyBytes.Add(empty.Bytes / Runs);
        _emptyTime.Add(empty.Seconds * 1e6 / Cycles);
        _emptyWork.Add(empty.Work * 1e6 / Runs);
    }

    private static CoreProvider[] Providers() => [.. Enumerable.Range(1, ProviderCount).Select(static number => new CoreProvider($"load-{number}"))];

    private static Task<(double Seconds, double Work, long Bytes)> MeasureAsync(
        int round, CoreProvider[] providers, Func<int, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        for (var i = 0; i < providers.Length; i++)
        {
            var seed = (round * 100_000) + (i * 1_000);
            providers[i].Prepare([.. Enumerable.Range(seed, Cycles).Select(CoreFeed.Make)]);
        }

        return MeasureAsync(run, cancellationToken);
    }

    private static async Task<(double Seconds, double Work, long Bytes)> MeasureAsync(Func<int, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var work = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        await run(Cycles, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        return (seconds, (Environment.CpuUsage.TotalTime - work).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
