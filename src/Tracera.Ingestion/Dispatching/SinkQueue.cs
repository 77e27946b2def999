using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>The bounded queue before one sink: its writers are the dispatcher and replays, its one reader is the pump, and any number look on.</summary>
/// <remarks>
/// Batches of the backfill lane stand in a short line of their own, which is served when no batch of now waits, for its share of the sink's time, and never go to the spool by themselves.
/// A full queue makes the writer wait, conflates, or spills. Conflating keeps of each series only the newest tick and counts the others; then the queue holds no more ticks than
/// twice the series there are, or its capacity, whichever is more. Batches that later ones stand in for as a whole go at once until the sink takes one again, also when the queue is not full any more.
/// Spilling moves all that has no outcome to the spool, oldest first; from then on everything goes there, until it is read to its end.
/// A tick is buffered from the moment it is offered until the pump has said what became of it.
/// </remarks>
internal sealed class SinkQueue(SinkOptions options, SinkAccount account, int batchSize, TimeProvider time, Spillway? spill = null)
{
    private readonly Signal _historyRoom = new();
    private readonly Signal _items = new();
    private readonly Signal _room = new();
    private readonly QueueState _state = new(options, account, batchSize, time);

    /// <summary>Whether the writer would wait, or the queue conflates.</summary>
    public bool IsFull => _state.IsFull;

    /// <summary>Whether a write may have to wait.</summary>
    public bool Waits => options.Overflow != SinkOverflow.Conflate;

    /// <summary>Whether nothing new comes.</summary>
    public bool IsCompleted => _state.IsCompleted;

    /// <summary>The spool; null where the sink does not spill.</summary>
    public SpoolStatus? Spool => spill?.Status;

    /// <summary>Whether the spool did not take what it was given last.</summary>
    public bool IsSpoolFull => spill?.IsFull == true;

    /// <summary>Whether the spool could not be read last, or told what became of its batches.</summary>
    public bool IsSpoolUnreadable => spill?.Reading.IsOn == true;

    /// <summary>Makes the queue ready; what an earlier process has left in the spool is offered again.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (spill is not null)
        {
            _state.Recover(await spill.OpenAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Ends what <see cref="OpenAsync"/> began, after the last batch was taken.</summary>
    public Task CloseAsync() => spill?.CloseAsync() ?? Task.CompletedTask;

    /// <summary>Adds a batch with the caller's reference to it.</summary>
    public async ValueTask WriteAsync(BatchLease lease, CancellationToken cancellationToken)
    {
        var isHistory = lease.Batch.Lane == BatchLane.Backfill;
        while (spill is null || isHistory ? !_state.TryAdd(lease) : !await TryAddAsync(spill, lease, cancellationToken).ConfigureAwait(false))
        {
            await WhenRoomAsync(isHistory ? _historyRoom : _room, isHistory ? null : spill?.Writing, cancellationToken).ConfigureAwait(false);
        }

        _items.Set();
    }

    /// <summary>Takes the oldest batch in hand; null at the end.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<BatchLease?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (lease, isEnd) = spill is null ? TryTake(isBehind: false) : await TryTakeAsync(spill).ConfigureAwait(false);
            if (lease is not null || isEnd)
            {
                return lease;
            }

            // Read before the rest is, so that the wait for it may be too short, but never too long.
            var now = time.GetTimestamp();
            if (Rest is not { } rest)
            {
                await _items.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (rest > TimeSpan.Zero)
            {
                await CameWithinAsync(_items, rest, now, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Takes the next batch in hand too, if it waits in memory and is wanted.</summary>
    /// <returns>That batch; where there is none, whether one that comes may be wanted.</returns>
    public (BatchLease? Lease, bool MayCome) TakeAlso(Func<BatchLease, bool> isWanted)
    {
        if (spill?.IsActive == true)
        {
            return default;
        }

        var also = _state.TakeAlso(isWanted);
        if (also.Lease is not null)
        {
            _room.Set();
        }

        return also;
    }

    /// <summary>All that is in hand is one batch now.</summary>
    public void Hold(BatchLease merged) => _state.Hold(merged);

    /// <summary>Waits until more may wait behind the batch in hand, at most for a span from a timestamp on.</summary>
    /// <returns>False when nothing came.</returns>
    public Task<bool> WhenMoreAsync(TimeSpan span, long from) => CameWithinAsync(_items, span, from, CancellationToken.None);

    /// <summary>The batch in hand has its outcome, which enters the sink's account together with it leaving the queue.</summary>
    /// <param name="outcome">What the sink says.</param>
    /// <param name="lost">Ticks of it that have no outcome.</param>
    /// <returns>Whether it had been accepted by the spool.</returns>
    public bool Done(in WriteOutcome outcome, int lost = 0) => _state.Done(outcome, lost);

    /// <summary>The batch in hand gets no outcome any more. If it lies in the spool it stays there, and if nothing newer does it goes there; so does all that waits.</summary>
    /// <returns>False when it is lost.</returns>
    public async Task<bool> TryKeepAsync()
    {
        if (spill is null)
        {
            return false;
        }

        using var turn = await spill.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        await SpillAsync(spill, null, CancellationToken.None).ConfigureAwait(false);
        return _state.TryLeaveOnDisk();
    }

    /// <summary>Moves what the spool had refused, and waits in memory since, behind what lies there, if there is room by now.</summary>
    public async ValueTask CatchUpAsync()
    {
        if (spill is { IsActive: true } way)
        {
            using var turn = await way.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            await CatchUpAsync(way).ConfigureAwait(false);
        }
    }

    /// <summary>Takes nothing new; what waits in memory can still be read, and what is in the spool stays there.</summary>
    public void Complete()
    {
        _state.Complete();
        _items.Set();
    }

    /// <summary>Reads the sink's ledger together with the ticks that have no outcome yet.</summary>
    public SinkLedger ToLedger() => _state.ToLedger();

    public QueueStatus Status(string name) => _state.Status(name);

    // While the spool cannot be read it alone says when to look again: nothing is taken past it.
    private TimeSpan? Rest => spill?.Reading.Rest ?? _state.Rest;

    // A spool that is full has room again once something of it has its outcome; a disk that fails is tried again after a pause.
    private async ValueTask WhenRoomAsync(Signal room, SpoolTrouble? writing, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (writing?.Rest is not { } rest)
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (rest > TimeSpan.Zero)
        {
            await CameWithinAsync(room, rest, now, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> CameWithinAsync(Signal signal, TimeSpan span, long from, CancellationToken cancellationToken)
    {
        using var late = Expiry.After(span, from, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var came = signal.WaitAsync(either.Token).AsTask();
        await ((Task)came).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return came.IsCompletedSuccessfully;
    }

    private (BatchLease? Lease, bool IsEnd) TryTake(bool isBehind)
    {
        var taken = _state.TryTake(isBehind);
        _room.Set();
        _historyRoom.Set();
        return taken;
    }

    private async ValueTask<bool> TryAddAsync(Spillway way, BatchLease lease, CancellationToken cancellationToken)
    {
        using var turn = await way.EnterAsync(cancellationToken).ConfigureAwait(false);
        return (!way.IsActive && _state.TryAdd(lease))
            || (!way.Writing.Rests && await SpillAsync(way, lease, cancellationToken).ConfigureAwait(false))
            || _state.TryAdd(lease);
    }

    private async ValueTask<(BatchLease? Lease, bool IsEnd)> TryTakeAsync(Spillway way)
    {
        using var turn = await way.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        var isTold = await TryAcknowledgeAsync(way).ConfigureAwait(false);
        if (!way.IsActive || _state.IsCompleted)
        {
            return TryTake(way.IsActive);
        }

        await CatchUpAsync(way).ConfigureAwait(false);
        if (!isTold || way.Reading.Rests)
        {
            return default;
        }

        var read = await way.ReadAsync().ConfigureAwait(false);
        _state.LoseOnDisk(way.TakeDamaged());
        if (read is not { } batch)
        {
            // At its end, or the disk fails: looked at again, at once or after its pause.
            _items.Set();
            return default;
        }

        var lease = BatchLease.CopyOf(batch, time.GetTimestamp());
        _state.HoldFromDisk(lease);
        return (lease, false);
    }

    private async ValueTask CatchUpAsync(Spillway way)
    {
        if (way.IsActive && !way.Writing.Rests && _state.IsWaiting)
        {
            await SpillAsync(way, null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // In its turn, so that nothing that goes is taken meanwhile; only the batch in hand may get its outcome.
    private async ValueTask<bool> SpillAsync(Spillway way, BatchLease? added, CancellationToken cancellationToken)
    {
        var wasActive = way.IsActive;
        var (going, withInHand) = _state.BeginSpill(added, wasActive);
        try
        {
            var count = going.Count == 0 ? 0 : await way.AppendAsync([.. going.Select(static lease => lease.Batch)], cancellationToken).ConfigureAwait(false);
            foreach (var lease in _state.EndSpill(going.Take(count), withInHand, added, wasActive).Where(static lease => !lease.IsReplay))
            {
                way.Accepted?.Invoke(lease.Batch);
            }

            await TryAcknowledgeAsync(way).ConfigureAwait(false);
            if (count > 0)
            {
                _items.Set();
                _room.Set();
            }

            return count == going.Count;
        }
        finally
        {
            _state.LeaveSpill();
            foreach (var lease in going)
            {
                lease.Release();
            }
        }
    }

    // False while the disk fails; tried again before the next batch is read from it, and before the end.
    private async ValueTask<bool> TryAcknowledgeAsync(Spillway way)
    {
        if (_state.ToAcknowledge is not { } id)
        {
            return true;
        }

        if ((way.Reading.Rests && !_state.IsCompleted) || !await way.TryAcknowledgeAsync(id).ConfigureAwait(false))
        {
            return false;
        }

        _state.Acknowledged(id);
        _room.Set();
        return true;
    }
}
