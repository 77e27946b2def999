namespace Tracera.Ingestion;

/// <summary>What one queue holds: batches that wait, the batch in the pump's hand, and the ticks in the spool. Thread-safe; the ledger is read together with all of it.</summary>
internal sealed class QueueState(SinkOptions options, SinkAccount account, int batchSize, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly WaitingHistory _history = new(options, account, time);
    private readonly WaitingBatches _waiting = new(options, account, batchSize);
    private BatchLease? _inHand;
    private int _inHandAlso;
    private bool _isOnDisk;
    private bool _isBehind;
    private bool _isSpilling;
    private long _onDisk;
    private Guid? _toAcknowledge;
    private bool _isCompleted;

    public bool IsFull => Read(static state => state._waiting.IsFull);

    public bool IsCompleted => Read(static state => state._isCompleted);

    /// <summary>Whether batches of now wait in memory.</summary>
    public bool IsWaiting => Read(static state => state._waiting.Count > 0);

    /// <summary>How long the backfill lane rests, if something waits there and nothing else does.</summary>
    public TimeSpan? Rest => Read(static state => state._waiting.Count == 0 && state._history.Count > 0 ? state._history.Rest : (TimeSpan?)null);

    /// <summary>The batch that the spool is to be told of; null where there is none.</summary>
    public Guid? ToAcknowledge => Read(static state => state._toAcknowledge);

    public bool TryAdd(BatchLease lease)
    {
        lock (_gate)
        {
            return lease.Batch.Lane == BatchLane.Backfill ? _history.TryAdd(lease) : _waiting.TryAdd(lease);
        }
    }

    /// <summary>Takes the oldest batch that waits in hand; one of the backfill lane when no other does and its share allows.</summary>
    /// <param name="isBehind">Whether all that lies in the spool is older.</param>
    public (BatchLease? Lease, bool IsEnd) TryTake(bool isBehind)
    {
        lock (_gate)
        {
            (_inHand, _isOnDisk, _isBehind) = (_waiting.Take() ?? _history.Take(_isCompleted), false, isBehind);
            return (_inHand, _inHand is null && _isCompleted);
        }
    }

    /// <summary>Takes the next batch in hand too, if it is wanted. A batch from the spool stays alone, and while some go there all stay as they are.</summary>
    /// <returns>That batch; where there is none, whether one that comes may be wanted.</returns>
    public (BatchLease? Lease, bool MayCome) TakeAlso(Func<BatchLease, bool> isWanted)
    {
        lock (_gate)
        {
            if (_isOnDisk || _isSpilling || _inHand?.Batch.Lane == BatchLane.Backfill)
            {
                return (null, false);
            }

            if (_waiting.Peek() is not { } next)
            {
                return (null, !_isCompleted);
            }

            if (!isWanted(next))
            {
                return (null, false);
            }

            _inHandAlso += next.Count;
            return (_waiting.Take(), true);
        }
    }

    /// <summary>All that is in hand is one batch now.</summary>
    public void Hold(BatchLease merged)
    {
        lock (_gate)
        {
            (_inHand, _inHandAlso, _isOnDisk) = (merged, 0, false);
        }
    }

    /// <summary>A batch of the spool is in hand.</summary>
    public void HoldFromDisk(BatchLease lease)
    {
        lock (_gate)
        {
            (_inHand, _isOnDisk, _isBehind) = (lease, true, false);
        }
    }

    /// <summary>The batch in hand has its outcome, which enters the account in the same moment.</summary>
    /// <param name="outcome">What the sink says.</param>
    /// <param name="lost">Ticks of it that have no outcome.</param>
    /// <returns>Whether it lay in the spool, which is then to be told.</returns>
    public bool Done(in WriteOutcome outcome, int lost)
    {
        lock (_gate)
        {
            account.Settle(outcome);
            account.Lose(lost);
            if (_isOnDisk)
            {
                // Behind others it is not told of, because that would be said of them too; it comes again.
                _onDisk -= _inHand!.Count;
                _toAcknowledge = _isBehind ? _toAcknowledge : _inHand.Batch.Id;
            }

            return LetGo();
        }
    }

    /// <summary>The batch in hand gets no outcome any more; one that lies in the spool stays there.</summary>
    /// <returns>Whether it does.</returns>
    public bool TryLeaveOnDisk()
    {
        lock (_gate)
        {
            return _isOnDisk && LetGo();
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
        }
    }

    /// <summary>An earlier process has left ticks in the spool: they are offered again.</summary>
    public void Recover(long ticks)
    {
        lock (_gate)
        {
            _onDisk = ticks;
            account.Offer(ticks);
        }
    }

    /// <summary>Ticks in the spool cannot be read back.</summary>
    public void LoseOnDisk(long ticks)
    {
        lock (_gate)
        {
            _onDisk -= ticks;
            account.Lose(ticks);
        }
    }

    /// <summary>The spool has been told of a batch.</summary>
    public void Acknowledged(Guid id)
    {
        lock (_gate)
        {
            _toAcknowledge = _toAcknowledge == id ? null : _toAcknowledge;
        }
    }

    /// <summary>Says what goes to the spool: the batch in hand where nothing newer lies there and it is not becoming part of a larger one, all that wait, and a new one. Each is retained.</summary>
    public (IReadOnlyList<BatchLease> Going, bool WithInHand) BeginSpill(BatchLease? added, bool isActive)
    {
        lock (_gate)
        {
            _isSpilling = true;
            var first = (isActive && !_isBehind) || _isOnDisk || _inHandAlso > 0 ? null : _inHand;
            List<BatchLease> going = [.. first is null ? [] : new[] { first }, .. _waiting.All, .. added is null ? [] : new[] { added }];
            going.ForEach(static lease => lease.Retain());
            return (going, first is not null);
        }
    }

    /// <summary>Those batches are in the spool now. The one that was in hand may have its outcome meanwhile, or be part of a larger one; then it does not count there.</summary>
    /// <returns>Those that count there.</returns>
    public IReadOnlyList<BatchLease> EndSpill(IEnumerable<BatchLease> taken, bool withInHand, BatchLease? added, bool wasActive)
    {
        lock (_gate)
        {
            var counted = new List<BatchLease>();
            foreach (var lease in taken)
            {
                if (withInHand)
                {
                    withInHand = false;
                    _isOnDisk = ReferenceEquals(lease, _inHand);
                    if (!_isOnDisk)
                    {
                        _toAcknowledge = wasActive ? _toAcknowledge : lease.Batch.Id;
                        continue;
                    }
                }
                else
                {
                    LeaveMemory(lease, added);
                }

                _onDisk += lease.Count;
                counted.Add(lease);
            }

            return counted;
        }
    }

    /// <summary>What <see cref="BeginSpill"/> began has ended, one way or another.</summary>
    public void LeaveSpill()
    {
        lock (_gate)
        {
            _isSpilling = false;
        }
    }

    public SinkLedger ToLedger()
    {
        lock (_gate)
        {
            var inHand = (_isOnDisk ? 0 : _inHand?.Count ?? 0) + _inHandAlso;
            return account.ToLedger(_waiting.Ticks + _history.CountTicks() + inHand + _onDisk);
        }
    }

    public QueueStatus Status(string name)
    {
        lock (_gate)
        {
            var age = _waiting.Peek() is { } oldest ? time.GetElapsedTime(oldest.CreatedAt) : TimeSpan.Zero;
            return new QueueStatus(name, _waiting.Count + _history.Count, options.QueueCapacity, age);
        }
    }

    private void LeaveMemory(BatchLease lease, BatchLease? added)
    {
        if (ReferenceEquals(lease, added))
        {
            account.Offer(lease.Count);
        }
        else
        {
            _waiting.Take();
        }

        lease.Release();
    }

    private bool LetGo()
    {
        var wasOnDisk = _isOnDisk;
        if (_inHand?.Batch.Lane == BatchLane.Backfill)
        {
            _history.End();
        }

        (_inHand, _isOnDisk, _isBehind) = (null, false, false);
        return wasOnDisk;
    }

    private T Read<T>(Func<QueueState, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }
}
