namespace Tracera.Ingestion;

/// <summary>Passes the batches of runners on to the dispatcher; what cannot be passed on is counted as lost. Thread-safe.</summary>
internal sealed class BatchPublisher(IngestChannel channel, RunTracker tracker)
{
    /// <summary>Passes a batch on, with the caller's reference to it; waits while the way is full.</summary>
    /// <param name="lease">The batch.</param>
    /// <param name="row">The provider's part of the run.</param>
    /// <param name="cancellationToken">The deadline is over: the batch is lost.</param>
    public async ValueTask PublishAsync(BatchLease lease, RunRow row, CancellationToken cancellationToken)
    {
        row.Publish(lease.Count);
        try
        {
            await channel.WriteAsync(lease, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            tracker.LostBeforeDispatch(lease.Batch, "the host stopped before they could be passed on");
            lease.Release();
            throw;
        }
    }
}
