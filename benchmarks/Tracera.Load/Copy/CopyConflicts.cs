using System.Runtime.CompilerServices;
using Tracera.Postgres;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Batches of which some hold rows that are known: the sink's own way against always taking the staging table.</summary>
internal sealed class CopyConflicts : IAsyncDisposable
{
    private const int WarmUps = 1;
    private const int Rounds = 5;
    private const int Batches = 20;
    private const int OneIn = 20;
    private readonly CopyStore _sink;
    private readonly CopyStore _staged;
    private readonly WriterSession _session;
    private readonly CopyBlocks _blocks = new();
    private int _begun;

    private CopyConflicts(CopyStore sink, CopyStore staged, WriterSession session) => (_sink, _staged, _session) = (sink, staged, session);

    public static async Task<CopyConflicts> OpenAsync(PostgresCluster cluster, CancellationToken cancellationToken)
    {
        var staged = await CopyStore.OpenAsync(cluster, "copy_staged", cancellationToken);
        return new CopyConflicts(await CopyStore.OpenAsync(cluster, "copy_mixed", cancellationToken), staged, await staged.SessionAsync(cancellationToken));
    }

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await CompareAsync("copy-conflict", Spread, remarks, cancellationToken);
        yield return await CompareAsync("copy-conflict-batch", Gathered, remarks, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _staged.DisposeAsync();
        await _sink.DisposeAsync();
    }

    // One row in twenty of every batch is one that was sent before: with the batch before, or with any earlier one, by turns.
    private static PriceTick[][] Spread(PriceTick[][] batches)
    {
        var random = new Random(batches.Length);
        PriceTick Sent(int batch) => batches[batch][(random.Next(CopyFeed.BatchSize / OneIn) * OneIn) + random.Next(1, OneIn)];
        return [.. batches.Select((batch, i) => i == 0 ? batch : [.. batch.Select((tick, n) =>
            n % OneIn != 0 ? tick : Sent(n % (2 * OneIn) == 0 ? i - 1 : random.Next(i)))])];
    }

    // One batch in twenty is the one before it again.
    private static PriceTick[][] Gathered(PriceTick[][] batches) => [.. batches[..^1], batches[^2]];

    private async Task<LoadResult> CompareAsync(string name, Func<PriceTick[][], PriceTick[][]> mix, TextWriter remarks, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (new Samples($"{name}, thousand rows/s"), new Samples($"{name}, always staging, thousand rows/s"));
        for (var round = -WarmUps; round < Rounds; round++)
        {
            // Time goes on from round to round, as it does for a sink.
            var batches = mix(CopyFeed.Make(Batches, CopyFeed.BatchSize, TimeSpan.FromSeconds(_begun++ * Batches)));
            var rows = batches.Sum(batch => (double)batch.Length);
            var different = batches.SelectMany(batch => batch.Select(tick => (tick.Item, tick.ObservedAtMicroseconds))).Distinct().LongCount();
            await _sink.ClearAsync(batches, cancellationToken);
            var sink = await CopyMeasure.OfAsync(() => CopyRun.SinkAsync(_sink.Sink, batches, cancellationToken));
            await _sink.CheckAsync(different, name, cancellationToken);
            await _staged.ClearAsync(batches, cancellationToken);
            var staged = await CopyMeasure.OfAsync(() => CopyRun.AlwaysStagedAsync(_session, _blocks, batches, cancellationToken));
            await _staged.CheckAsync(different, name, cancellationToken);
            if (round >= 0)
            {
                ours.Add(rows / sink.Seconds / 1e3);
                theirs.Add(rows / staged.Seconds / 1e3);
            }
        }

        await remarks.WriteLineAsync(ours.ToString());
        await remarks.WriteLineAsync(theirs.ToString());
        return LoadResult.Of(name, ours.Median * 1e3, "always staging", theirs.Median * 1e3, "rows/s");
    }
}
