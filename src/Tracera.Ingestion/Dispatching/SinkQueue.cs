namespace Tracera.Ingestion;

/// <summary>The bounded queue before one sink: one writer a lane (the dispatcher), one reader (the pump), any number of onlookers.</summary>
/// <remarks>
/// Batches of the backfill lane stand in a short line of their own, which is served when no batch of now waits.
/// A full queue makes the writer wait, or conflates: of each series only the newest tick stays and the others are counted. Then the queue holds no more ticks than
/// twice the series there are, or its capacity, whichever is more. A tick is buffered from the moment it is offered until the pump has said what became of it.
/// </remarks>
internal sealed class SinkQueue(SinkOptions options, SinkAccount account, int batchSize, TimeProvider time)
{
    private const int HistoryCapacity = 4;
    private readonly Lock _gate = new();
    private readonly Queue<BatchLease> _history = new();
    private readonly Signal _historyRoom = new();
    private readonly Signal _items = new();
    private readonly Signal _room = new();
    private Queue<BatchLease> _waiting = new();
    private BatchLease? _inHand;
    private long _conflateFrom;
    private bool _isCompleted;

    /// <summary>Whether the writer would wait, or the queue conflates.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count >= options.QueueCapacity;
            }
        }
    }

    /// <summary>Whether a write may have to wait.</summary>
    public bool Waits => options.Overflow == SinkOverflow.Wait;

    /// <summary>Adds a batch with the caller's reference to it.</summary>
    public async ValueTask WriteAsync(BatchLease lease, CancellationToken cancellationToken)
    {
        while (!TryAdd(lease))
        {
            await (lease.Batch.Lane == BatchLane.Backfill ? _historyRoom : _room).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        _items.Set();
    }

    /// <summary>Takes the oldest batch in hand; null at the end.</summary>
    public async ValueTask<BatchLease?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.TryDequeue(out _inHand))
                {
                    _room.Set();
                    return _inHand;
                }

                if (_history.TryDequeue(out _inHand))
                {
                    _historyRoom.Set();
                    return _inHand;
                }

                if (_isCompleted)
                {
                    return null;
                }
            }

            await _items.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The batch in hand has its outcome, which is recorded together with it leaving the queue.</summary>
    public void Done(Action record)
    {
        lock (_gate)
        {
            record();
            _inHand = null;
        }
    }

    /// <summary>Takes nothing new; what is there can still be read.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
        }

        _items.Set();
    }

    /// <summary>Reads the sink's ledger together with the ticks that have no outcome yet, counted anew.</summary>
    public SinkLedger ToLedger()
    {
        lock (_gate)
        {
            return account.ToLedger(CountWaiting() + (_inHand?.Count ?? 0));
        }
    }

    public QueueStatus Status(string name)
    {
        lock (_gate)
        {
            var age = _waiting.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.CreatedAt) : TimeSpan.Zero;
            return new QueueStatus(name, _waiting.Count + _history.Count, options.QueueCapacity, age);
        }
    }

    private bool TryAdd(BatchLease lease)
    {
        lock (_gate)
        {
            if (lease.Batch.Lane == BatchLane.Backfill)
            {
                return TryAddHistory(lease);
            }

            var isFull = _waiting.Count >= options.QueueCapacity;
            if (isFull && Waits)
            {
                return false;
            }

            account.Offer(lease.Count);
            _waiting.Enqueue(lease);
            if (isFull && CountWaiting() >= _conflateFrom)
            {
                _waiting = Conflation.KeepNewest(_waiting, batchSize, out var conflated);
                account.Settle(new WriteOutcome(0, Conflated: conflated));

                // When most ticks are of different series, conflating again before they have doubled would be work for nothing.
                _conflateFrom = 2 * CountWaiting();
            }

            if (!isFull)
            {
                _conflateFrom = 0;
            }

            return true;
        }
    }

    private bool TryAddHistory(BatchLease lease)
    {
        if (_history.Count >= HistoryCapacity)
        {
            return false;
        }

        account.Offer(lease.Count);
        _history.Enqueue(lease);
        return true;
    }

    private long CountWaiting()
    {
        long ticks = _history.Sum(static lease => (long)lease.Count);
        foreach (var lease in _waiting)
        {
            ticks += lease.Count;
        }

        return ticks;
    }
}
