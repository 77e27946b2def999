namespace Tracera.Ingestion;

/// <summary>The batches that wait in the memory of one queue. Guarded by its owner.</summary>
/// <remarks>
/// Once the queue has been full, and until it is empty, it is known which batches are outdated. They go while nobody takes any; whoever takes some gets them in their turn, until the queue is
/// full again: otherwise a slow sink whose venues answer at once would get the first batches of every answer, and never the last.
/// </remarks>
internal sealed class WaitingBatches(SinkOptions options, SinkAccount account, int batchSize)
{
    private readonly LinkedList<WaitingBatch> _waiting = new();
    private readonly Stack<LinkedListNode<WaitingBatch>> _spare = new();
    private readonly OutdatedBatches _outdated = new();
    private bool _hasBeenFull;
    private bool _isStuck;
    private long _conflateFromTicks;
    private int _conflateFromBatches;

    public int Count => _waiting.Count;

    /// <summary>How many ticks they hold.</summary>
    public long Ticks { get; private set; }

    public bool IsFull => _waiting.Count >= options.QueueCapacity;

    public IEnumerable<BatchLease> All => _waiting.Select(static batch => batch.Lease);

    /// <summary>Adds a batch and counts it as offered; a full queue conflates, or refuses it.</summary>
    public bool TryAdd(BatchLease lease)
    {
        var isFull = IsFull;
        if (isFull && options.Overflow != SinkOverflow.Conflate)
        {
            return false;
        }

        account.Offer(lease.Count);
        if (isFull)
        {
            BeStuck();
        }

        Append(isFull ? Conflation.Compact(lease) : lease);
        if (_isStuck)
        {
            Conflate();
        }

        return true;
    }

    public BatchLease? Take()
    {
        if (_waiting.First is not { } oldest)
        {
            return null;
        }

        var lease = oldest.Value.Lease;
        Remove(oldest);
        _isStuck = false;
        if (_waiting.Count == 0)
        {
            (_hasBeenFull, _conflateFromTicks, _conflateFromBatches) = (false, 0, 0);
        }

        return lease;
    }

    public BatchLease? Peek() => _waiting.First?.Value.Lease;

    private void BeStuck()
    {
        _isStuck = true;
        if (_hasBeenFull)
        {
            return;
        }

        _hasBeenFull = true;
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            _outdated.Follow(node);
        }
    }

    private void Conflate()
    {
        var before = Ticks;
        foreach (var node in _outdated.All)
        {
            var lease = node.Value.Lease;
            Remove(node);
            lease.Release();
        }

        if (Count > options.QueueCapacity && (Ticks >= _conflateFromTicks || Count >= _conflateFromBatches))
        {
            KeepNewest();
        }

        if (Ticks < before)
        {
            account.Settle(new WriteOutcome(0, Conflated: (int)(before - Ticks)));
        }
    }

    // Looks at every tick. When most are of different series, or of different runs, doing so again before they have doubled would be work for nothing.
    private void KeepNewest()
    {
        BatchLease[] all = [.. All];
        while (_waiting.First is { } node)
        {
            Remove(node);
        }

        foreach (var lease in Conflation.KeepNewest(all, batchSize))
        {
            Append(lease);
        }

        (_conflateFromTicks, _conflateFromBatches) = (2 * Ticks, 2 * Count);
    }

    private void Append(BatchLease lease)
    {
        var node = _spare.TryPop(out var spare) ? spare : new LinkedListNode<WaitingBatch>(default);
        node.Value = new WaitingBatch(lease);
        _waiting.AddLast(node);
        Ticks += lease.Count;
        if (_hasBeenFull)
        {
            _outdated.Follow(node);
        }
    }

    private void Remove(LinkedListNode<WaitingBatch> node)
    {
        _outdated.Forget(node);
        _waiting.Remove(node);
        Ticks -= node.Value.Lease.Count;
        node.Value = default;
        if (_spare.Count < options.QueueCapacity)
        {
            _spare.Push(node);
        }
    }
}
