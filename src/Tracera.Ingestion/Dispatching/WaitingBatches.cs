namespace Tracera.Ingestion;

/// <summary>The batches that wait in the memory of one queue. Guarded by its owner.</summary>
internal sealed class WaitingBatches(SinkOptions options, SinkAccount account, int batchSize)
{
    private Queue<BatchLease> _waiting = new();
    private long _conflateFrom;

    public int Count => _waiting.Count;

    public bool IsFull => _waiting.Count >= options.QueueCapacity;

    public IEnumerable<BatchLease> All => _waiting;

    /// <summary>Adds a batch and counts it as offered; a full queue conflates, or refuses it.</summary>
    public bool TryAdd(BatchLease lease)
    {
        var isFull = IsFull;
        if (isFull && options.Overflow != SinkOverflow.Conflate)
        {
            return false;
        }

        account.Offer(lease.Count);
        _waiting.Enqueue(lease);
        if (isFull && CountTicks() >= _conflateFrom)
        {
            _waiting = Conflation.KeepNewest(_waiting, batchSize, out var conflated);
            account.Settle(new WriteOutcome(0, Conflated: conflated));

            // When most ticks are of different series, conflating again before they have doubled would be work for nothing.
            _conflateFrom = 2 * CountTicks();
        }

        if (!isFull)
        {
            _conflateFrom = 0;
        }

        return true;
    }

    public BatchLease? Take() => _waiting.TryDequeue(out var lease) ? lease : null;

    public BatchLease? Peek() => _waiting.TryPeek(out var lease) ? lease : null;

    public long CountTicks()
    {
        long ticks = 0;
        foreach (var lease in _waiting)
        {
            ticks += lease.Count;
        }

        return ticks;
    }
}
