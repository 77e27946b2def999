using System.Runtime.CompilerServices;
using Tracera.Postgres;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Batches of which some hold rows that are known: the optimistic way against always taking the staging table.</summary>
internal sealed class CopyConflicts : IAsyncDisposable
{
    private const int WarmUps = 1;
    private const int Rounds = 5;
    private const int Batches = 20;
    private readonly CopyStore _optimistic;
    private readonly CopyStore _staged;
    private readonly WriterSession _session;
    private readonly CopyBlocks _blocks = new();

    private CopyConflicts(CopyStore optimistic, CopyStore staged, WriterSession session) => (_optimistic, _staged, _session) = (optimistic, staged, session);

    private static PriceTick[][] Ticks { get; } = CopyFeed.Make(Batches, CopyFeed.BatchSize);

    public static async Task<CopyConflicts> OpenAsync(PostgresCluster cluster, CancellationToken cancellationToken)
    {
        var staged = await CopyStore.OpenAsync(cluster, "copy_staged", cancellationToken);
        return new CopyConflicts(await CopyStore.OpenAsync(cluster, "copy_mixed", cancellationToken), staged, await staged.SessionAsync(cancellationToken));
    }

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One batch in twenty repeats the one before it; or one row in twenty of every batch repeats one of the batch before it.
        PriceTick[][] gathered = [.. Ticks[..^1], Ticks[^2]];
        PriceTick[][] spread = [.. Ticks.Select((batch, i) => i == 0 ? batch : [.. Ticks[i - 1].Where((_, n) => n % 20 == 1), .. batch.Where((_, n) => n % 20 != 0)])];
        yield return await CompareAsync("copy-conflict", gathered, remarks, cancellationToken);
        yield return await CompareAsync("copy-conflict-spread", spread, remarks, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _staged.DisposeAsync();
        await _optimistic.DisposeAsync();
    }

    private async Task<LoadResult> CompareAsync(string name, PriceTick[][] batches, TextWriter remarks, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (new Samples($"{name}, thousand rows/s"), new Samples($"{name}, always staging, thousand rows/s"));
        var rows = batches.Sum(batch => (double)batch.Length);
        var different = batches.SelectMany(batch => batch.Select(tick => (tick.Item, tick.ObservedAtMicroseconds))).Distinct().LongCount();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            await _optimistic.ClearAsync(batches, cancellationToken);
            var optimistic = await CopyMeasure.OfAsync(() => CopyRun.SinkAsync(_optimistic.Sink, batches, cancellationToken));
            await _optimistic.CheckAsync(different, name, cancellationToken);
            await _staged.ClearAsync(batches, cancellationToken);
            var staged = await CopyMeasure.OfAsync(() => CopyRun.AlwaysStagedAsync(_session, _blocks, batches, cancellationToken));
            await _staged.CheckAsync(different, name, cancellationToken);
            if (round >= 0)
            {
                ours.Add(rows / optimistic.Seconds / 1e3);
                theirs.Add(rows / staged.Seconds / 1e3);
            }
        }

        await remarks.WriteLineAsync(ours.ToString());
        await remarks.WriteLineAsync(theirs.ToString());
        return LoadResult.Of(name, ours.Median * 1e3, "always staging", theirs.Median * 1e3, "rows/s");
    }
}
