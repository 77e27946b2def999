namespace Tracera;

/// <summary>A bounded, durable, ordered queue of one sink's batches on this machine's disk, for when the sink's target is away or too slow.</summary>
/// <remarks>
/// One writer and one reader at a time; <see cref="Status"/> may be read from any thread. A batch is accepted once <see cref="AppendAsync"/> has ended: it is synced to disk and survives a crash
/// of the process and of the machine. Batches are read back in order and delivered at least once; the sink's idempotence makes that exactly once.
/// An <see cref="IOException"/> tells that the disk fails; the call may be tried again.
/// </remarks>
public interface ISpool : IAsyncDisposable
{
    /// <summary>What lies in the spool and is not acknowledged.</summary>
    SpoolStatus Status { get; }

    /// <summary>Takes the spool's place on disk and finds what an earlier process has left there. Called once, before anything else.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the spool is ready.</returns>
    /// <exception cref="IOException">The place cannot be used, or another process uses it.</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Adds batches at the end.</summary>
    /// <param name="batches">The batches in order; they are copied.</param>
    /// <param name="cancellationToken">Ends the wait before anything is added.</param>
    /// <returns>How many of them, from the first on, are in the spool now; fewer when it is full, and the caller slows down.</returns>
    ValueTask<int> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken);

    /// <summary>Reads the next batch: after the start the oldest that is not acknowledged.</summary>
    /// <param name="cancellationToken">Ends the wait; the same batch is next again.</param>
    /// <returns>The batch; null at the end.</returns>
    ValueTask<PriceBatch?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Acknowledges a batch and all before it, so that they are not read again and their room is free.</summary>
    /// <param name="batchId">The last batch that has its outcome.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    ValueTask AcknowledgeAsync(Guid batchId, CancellationToken cancellationToken);
}
