using Microsoft.Extensions.Options;

namespace Tracera.Realtime.Relay;

/// <summary>Reads snapshots within the time-out and makes the names of their sources known.</summary>
internal sealed class SnapshotLoader(ISnapshotReader reader, SourceNames sources, IOptions<RealtimeOptions> options, TimeProvider time)
{
    /// <summary>Reads the latest values of some items; without a snapshot, says why.</summary>
    public async Task<(Snapshot? Snapshot, Exception? Failure)> TryReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.SnapshotTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var reading = ReadAsync(items, either.Token);
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return reading.IsCompletedSuccessfully
            ? (await reading.ConfigureAwait(false), null)
            : (null, reading.Exception?.InnerException ?? new TimeoutException($"The snapshot took longer than {options.Value.SnapshotTimeout}."));
    }

    // The wait ends in time also when the reader does not heed its token.
    private async Task<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        var snapshot = await reader.ReadAsync(items, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        var ids = new HashSet<SourceId>();
        foreach (var tick in snapshot.Prices)
        {
            ids.Add(tick.Source);
        }

        foreach (var figures in snapshot.Volatility)
        {
            ids.Add(figures.Series.Source);
        }

        await sources.LearnAsync(ids, cancellationToken).ConfigureAwait(false);
        return snapshot;
    }
}
