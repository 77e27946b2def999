using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>The hot path with a third sink that conflates: how fast the other two are while its target is away, against the same while it takes everything.</summary>
/// <remarks>At the limit of the processors, where every price that is conflated takes time from the others.</remarks>
internal sealed class SinkDownScenario : IScenario
{
    private const int ProviderCount = 4;
    private static readonly int WarmUps = LoadSize.Of("TRACERA_LOAD_WARMUPS", 10);
    private static readonly int Rounds = LoadSize.Of("TRACERA_LOAD_ROUNDS", 42);
    private static readonly int Cycles = LoadSize.Of("TRACERA_LOAD_CYCLES", 20);
    private readonly CoreProvider[] _down = Providers();
    private readonly CoreProvider[] _up = Providers();
    private readonly Samples _whileDown = new("while it is down, million ticks/s");
    private readonly Samples _whileUp = new("while it is up, million ticks/s");
    private readonly Samples _ratio = new("ratio of a round");

    public string Name => "sink-down";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var down = await CorePipeline.StartAsync(_down, cancellationToken, new DownSink());
        await using var up = await CorePipeline.StartAsync(_up, cancellationToken, new NullSink());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (whileDown, whileUp) = await RoundAsync(round, down, up, cancellationToken);
            if (round >= 0)
            {
                _whileDown.Add(whileDown);
                _whileUp.Add(whileUp);
                _ratio.Add(whileDown / whileUp);
            }
        }

        foreach (var samples in new[] { _whileDown, _whileUp, _ratio })
        {
            await remarks.WriteLineAsync(samples.ToString());
        }

        // The two of a round ran one after the other, so what the machine did meanwhile tells less in their ratio than in that of the medians.
        yield return LoadResult.Of("sink-down", _whileDown.Median * 1e6, "the same with that sink up", _whileUp.Median * 1e6, "ticks/s") with { Ratio = Math.Round(_ratio.Median, 2) };
    }

    private static CoreProvider[] Providers() => [.. Enumerable.Range(1, ProviderCount).Select(static number => new CoreProvider($"load-{number}"))];

    // Each comes first in every other round, so that neither has the colder caches.
    private async Task<(double WhileDown, double WhileUp)> RoundAsync(int round, CorePipeline down, CorePipeline up, CancellationToken cancellationToken)
    {
        if (round % 2 == 0)
        {
            var before = await MeasureAsync(round, _up, up, cancellationToken);
            return (await MeasureAsync(round, _down, down, cancellationToken), before);
        }

        return (await MeasureAsync(round, _down, down, cancellationToken), await MeasureAsync(round, _up, up, cancellationToken));
    }

    private static async Task<double> MeasureAsync(int round, CoreProvider[] providers, CorePipeline pipeline, CancellationToken cancellationToken)
    {
        for (var i = 0; i < providers.Length; i++)
        {
            var seed = (round * 100_000) + (i * 1_000);
            providers[i].Prepare([.. Enumerable.Range(seed, Cycles).Select(CoreFeed.Make)]);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var startedAt = Stopwatch.GetTimestamp();
        await pipeline.RunAsync(Cycles, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        pipeline.Check();
        return (double)Cycles * providers.Length * CoreFeed.Items / seconds / 1e6;
    }
}
