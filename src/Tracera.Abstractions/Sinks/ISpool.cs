namespace Tracera;

/// <summary>A bounded, durable, ordered queue of batches on this machine's disk, for when a sink's target is away.</summary>
/// <remarks>
/// One writer and one reader at a time. A batch is accepted once <see cref="AppendAsync"/> has ended: it is synced to disk and survives a crash
/// of the process and of the machine. Batches are read back in order and delivered at least once; the sink's idempotence makes that exactly once.
/// </remarks>
public interface ISpool
{
    /// <summary>How many ticks are spooled and not yet acknowledged.</summary>
    long Buffered { get; }

    /// <summary>Adds a batch at the end.</summary>
    /// <param name="batch">The batch; it is copied.</param>
    /// <param name="cancellationToken">Ends the wait; the batch is then not in the spool.</param>
    /// <returns>False when the spool is full; the caller slows down.</returns>
    ValueTask<bool> AppendAsync(PriceBatch batch, CancellationToken cancellationToken);

    /// <summary>Reads from the oldest batch that is not acknowledged, and waits for more at the end.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The batches in order.</returns>
    IAsyncEnumerable<PriceBatch> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Acknowledges a batch and all before it, so that they are not read again.</summary>
    /// <param name="batchId">The last batch that the sink has written.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    ValueTask AcknowledgeAsync(Guid batchId, CancellationToken cancellationToken);
}
