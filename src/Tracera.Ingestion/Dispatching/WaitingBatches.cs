namespace Tracera.Ingestion;

/// <summary>The batches that wait in the memory of one queue. Guarded by its owner.</summary>
internal sealed class WaitingBatches(SinkOptions options, SinkAccount account, int batchSize)
{
    private Queue<BatchLease> _waiting = new();
    private long _ticks;
    private long _conflateFromTicks;
    private int _conflateFromBatches;

    public int Count => _waiting.Count;

    /// <summary>How many ticks they hold.</summary>
    public long Ticks => _ticks;

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
        _ticks += lease.Count;
        _waiting.Enqueue(isFull ? Conflation.Compact(lease) : lease);
        if (!isFull)
        {
            (_conflateFromTicks, _conflateFromBatches) = (0, 0);
        }
        else if (_ticks >= _conflateFromTicks || _waiting.Count >= _conflateFromBatches)
        {
            Conflate();
        }

        return true;
    }

    public BatchLease? Take()
    {
        if (!_waiting.TryDequeue(out var lease))
        {
            return null;
        }

        _ticks -= lease.Count;
        return lease;
    }

    public BatchLease? Peek() => _waiting.TryPeek(out var lease) ? lease : null;

    // When most ticks are of different series, or of different runs, conflating again before they have doubled would be work for nothing.
    private void Conflate()
    {
        _waiting = Conflation.DropOutdated(_waiting, out var conflated);
        if (IsFull)
        {
            _waiting = Conflation.KeepNewest(_waiting, batchSize, out var further);
            conflated += further;
        }

        _ticks -= conflated;
        account.Settle(new WriteOutcome(0, Conflated: conflated));
        (_conflateFromTicks, _conflateFromBatches) = (2 * _ticks, Math.Max(2 * _waiting.Count, options.QueueCapacity));
    }
}
