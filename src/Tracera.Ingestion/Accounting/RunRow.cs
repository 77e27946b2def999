namespace Tracera.Ingestion;

/// <summary>One provider's part in a run while it is under way: what its cycle counts and what became of its ticks.</summary>
/// <remarks>Rows are counted by the one cycle that owns the row; everything else may be called from any thread.</remarks>
internal sealed class RunRow(RunId runId, string provider, DateTimeOffset startedAt)
{
    private readonly Lock _gate = new();
    private readonly RejectCounts _rejects = new();
    private long _yielded;
    private long _signs;
    private long _answeredRejects;
    private long _deduplicated;
    private long _published;
    private long _dispatched;
    private long _lostBefore;
    private long _outcomes;
    private long _lostAfter;
    private WriteTotals _totals;
    private bool _cycleEnded;
    private string? _error;
    private DateTimeOffset? _finishedAt;

    public RunId RunId { get; } = runId;

    public string Provider { get; } = provider;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Told when ticks were lost or refused, so that what compares with them forgets them.</summary>
    public Action? OnLoss { get; set; }

    public RejectCounts Rejects => _rejects;

    public bool HasEnded => _finishedAt is not null;

    public string? Error => _error;

    /// <summary>How many rows its cycle has yielded.</summary>
    public long Yielded => Volatile.Read(ref _yielded);

    /// <summary>How many signs of life its cycle has given; each row is one.</summary>
    public long Signs => Yielded + Volatile.Read(ref _signs);

    public void Sign() => Interlocked.Increment(ref _signs);

    public void CountYielded() => Volatile.Write(ref _yielded, _yielded + 1);

    public void CountDeduplicated() => Volatile.Write(ref _deduplicated, _deduplicated + 1);

    /// <summary>Counts a row that the pipeline rejected.</summary>
    /// <returns>How many there are of its reason.</returns>
    public long CountRejected(string reason) => _rejects.CountOwn(reason);

    /// <summary>Counts a row that the provider itself rejected; one that comes after the cycle's end is not counted.</summary>
    /// <returns>How many there are of its reason; 0 when it was not counted.</returns>
    public long CountAnsweredReject(string reason)
    {
        lock (_gate)
        {
            if (_cycleEnded)
            {
                return 0;
            }

            _answeredRejects++;
            return _rejects.Add(reason);
        }
    }

    public void Publish(int count)
    {
        lock (_gate)
        {
            _published += count;
        }
    }

    public void Dispatch(int count)
    {
        lock (_gate)
        {
            _dispatched += count;
        }
    }

    /// <summary>Rows that never became part of a batch are given up.</summary>
    public void LoseUnpublished(int count, string reason)
    {
        if (count > 0)
        {
            lock (_gate)
            {
                (_lostBefore, _error) = (_lostBefore + count, _error ?? Lost(count, reason));
            }

            OnLoss?.Invoke();
        }
    }

    /// <summary>A published batch, or a part of it, is given up.</summary>
    /// <returns>Whether the row has ended by it.</returns>
    public bool Lose(int count, bool wasDispatched, string reason, DateTimeOffset now)
    {
        bool hasEnded;
        lock (_gate)
        {
            _lostBefore += wasDispatched ? 0 : count;
            _lostAfter += wasDispatched ? count : 0;
            _published -= wasDispatched ? 0 : count;
            _error ??= Lost(count, reason);
            hasEnded = TryEnd(now);
        }

        OnLoss?.Invoke();
        return hasEnded;
    }

    /// <summary>Ticks have an outcome in the durable sink.</summary>
    /// <returns>Whether the row has ended by it.</returns>
    public bool Settle(in WriteOutcome outcome, DateTimeOffset now)
    {
        bool hasEnded;
        lock (_gate)
        {
            _outcomes += outcome.Total;
            _totals = _totals.Add(outcome);
            hasEnded = TryEnd(now);
        }

        if (outcome.DeadLettered > 0)
        {
            OnLoss?.Invoke();
        }

        return hasEnded;
    }

    /// <summary>Ticks are accepted, and written later.</summary>
    /// <returns>Whether the row has ended by it.</returns>
    public bool Accept(int count, DateTimeOffset now)
    {
        lock (_gate)
        {
            _outcomes += count;
            return TryEnd(now);
        }
    }

    /// <summary>What became of ticks that were accepted before. It shows in the row as long as that has not ended.</summary>
    public void WriteLater(in WriteOutcome outcome)
    {
        lock (_gate)
        {
            _totals = _totals.Add(outcome);
        }

        if (outcome.DeadLettered > 0)
        {
            OnLoss?.Invoke();
        }
    }

    /// <summary>The cycle yields no more.</summary>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="now">The present.</param>
    /// <returns>Whether the row has ended by it; false when ticks are still under way.</returns>
    public bool EndCycle(string? error, DateTimeOffset now)
    {
        lock (_gate)
        {
            (_cycleEnded, _error) = (true, error ?? _error);
            return TryEnd(now);
        }
    }

    /// <summary>Gives up whatever has no outcome yet.</summary>
    /// <returns>Whether the row has ended by it.</returns>
    public bool Abandon(string reason, DateTimeOffset now)
    {
        lock (_gate)
        {
            _lostAfter += _published - _outcomes - _lostAfter;
            (_cycleEnded, _error) = (true, _error ?? reason);
            return TryEnd(now);
        }
    }

    /// <summary>The row as it is kept.</summary>
    /// <param name="rejects">Counts of rejects of an earlier row, which are those of this one where they are the same.</param>
    public ProviderRunRecord ToRecord(IReadOnlyDictionary<string, long>? rejects = null)
    {
        lock (_gate)
        {
            var state = _finishedAt is null ? RunState.Running : _error is null ? RunState.Completed : RunState.Failed;
            return new ProviderRunRecord(Provider, state, StartedAt, _finishedAt, _error)
            {
                Fetched = Fetched,
                Rejected = _rejects.Total,
                RejectedBy = _rejects.Snapshot(rejects),
                Deduplicated = Volatile.Read(ref _deduplicated),
                Accepted = _outcomes,
                Stored = _totals.Written,
                Corrected = _totals.Corrected,
                DeadLettered = _totals.DeadLettered,
            };
        }
    }

    /// <summary>What became of its rows, without the reasons of rejects, which stand in <see cref="Rejects"/>.</summary>
    public RowCounts ToCounts()
    {
        lock (_gate)
        {
            return new RowCounts(Fetched, _rejects.Total, Volatile.Read(ref _deduplicated), _dispatched, _lostBefore);
        }
    }

    private long Fetched => Yielded + _answeredRejects;

    private static string Lost(int count, string reason) => $"{count} prices were lost: {reason}";

    // Called under the lock.
    private bool TryEnd(DateTimeOffset now)
    {
        if (_finishedAt is not null || !_cycleEnded || _published != _outcomes + _lostAfter)
        {
            return false;
        }

        _finishedAt = now;
        return true;
    }
}
