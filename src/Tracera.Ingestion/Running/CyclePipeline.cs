using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>The way of the rows of a runner's cycles, one cycle after the other: checked, resolved, deduplicated, gathered and passed on. Called by one thread at a time.</summary>
/// <remarks>
/// Nothing is allocated for a row whose names are known. Rows keep their order: behind one that waits for the catalogue, all wait. Rows that do not come in the order of the cycle
/// before are gathered, at most until the next one that does, and looked up together.
/// </remarks>
internal sealed class CyclePipeline : IDisposable
{
    private readonly IngestionOptions _options;
    private readonly BatchPublisher _publisher;
    private readonly PriceChecks _checks;
    private readonly TickBatcher _batcher;
    private readonly FlushClock _clock;
    private readonly ReceiptClock _receipt;
    private readonly List<PendingRow> _pending = [];
    private readonly Deduplicator _deduplicator;
    private readonly RowsOutOfTurn _outOfTurn = new();
    private readonly RejectSamples _samples;
    private PriceNormalizer _normalizer = null!;
    private RunRow _row = null!;
    private long _scheduledAt;
    private int _batchSize;
    private bool _isStream;
    private BatchLane _lane;
    private CancellationToken _ended;

    public CyclePipeline(RunnerParts parts, RejectSamples samples)
    {
        (_options, _publisher, _samples, _deduplicator, _checks) = (parts.Options, parts.Publisher, samples, parts.Deduplicator, parts.Checks);
        (_batcher, _receipt, _clock) = (new TickBatcher(parts.Time), new ReceiptClock(parts.Time), new FlushClock(parts.Options.FlushInterval, parts.Time));
    }

    /// <summary>Begins a cycle; the one before has been flushed or dropped. A backfill that waits for the catalogue gives up when it is <paramref name="ended"/>.</summary>
    public void Begin(CycleRequest request, PriceNormalizer normalizer, CancellationToken ended)
    {
        (_row, _isStream, _lane, _normalizer, _ended) = (request.Row, request.IsStream, request.Lane, normalizer, ended);
        _scheduledAt = UnixTime.ToMicroseconds(request.ScheduledAt);
        _batchSize = _lane == BatchLane.Backfill ? Math.Min(_options.BackfillBatchSize, _options.BatchSize) : _options.BatchSize;
        _batcher.BeginRun(_row, _lane, _batchSize);
        _receipt.Begin();
        _deduplicator.BeginCycle(_lane);
    }

    /// <summary>Whether rows wait in a batch or for the catalogue.</summary>
    public bool HasUnflushed => _batcher.Count > 0 || _pending.Count > 0 || _outOfTurn.Count > 0;

    /// <summary>Ends once what waits should be flushed.</summary>
    public Task FlushDue => _clock.Due;

    private bool NeedsRelief => _batcher.IsFull || _pending.Count >= Math.Min(_batchSize, _options.MaxTrackedSeries / 2) || _clock.IsDue;

    /// <summary>The provider makes wait for the next row.</summary>
    public void ExpectWait() => _receipt.Stale();

    /// <summary>Takes one row.</summary>
    /// <returns>Whether <see cref="RelieveAsync"/> must be called before the next one.</returns>
    public bool Accept(in RawPrice raw)
    {
        _row.CountYielded();
        var receivedAt = _receipt.Next();
        var observedAt = raw.ObservedAt.HasValue ? UnixTime.ToMicroseconds(raw.ObservedAt.GetValueOrDefault()) : _isStream ? receivedAt : _scheduledAt;
        return _checks.IsPlain(raw, observedAt, receivedAt) ? AcceptPlain(raw, observedAt, receivedAt) : AcceptUnusual(raw, observedAt, receivedAt);
    }

    /// <summary>Makes room for the next row, and passes on what has waited for long: also a provider that never waits has what is old passed on.</summary>
    public ValueTask RelieveAsync(CancellationToken cancellationToken) =>
        _clock.IsDue ? FlushAsync(cancellationToken)
        : _outOfTurn.Count > 0 ? SettleAllAsync(cancellationToken)
        : _pending.Count > 0 ? ResolvePendingAsync(cancellationToken)
        : PublishAsync(cancellationToken);

    /// <summary>Passes on everything that waits.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await SettleAllAsync(cancellationToken).ConfigureAwait(false);
        if (_pending.Count > 0)
        {
            await ResolvePendingAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_batcher.Count > 0)
        {
            await PublishAsync(cancellationToken).ConfigureAwait(false);
        }

        _clock.Reset();
    }

    /// <summary>Counts as lost whatever still waits.</summary>
    public void Drop(string reason)
    {
        _row.LoseUnpublished(_pending.Count + _outOfTurn.Clear() + _batcher.Drop(), reason);
        _pending.Clear();
        _clock.Reset();
    }

    public void Dispose() => _clock.Dispose();

    private async ValueTask ResolvePendingAsync(CancellationToken cancellationToken)
    {
        var learning = _lane == BatchLane.Backfill ? _normalizer.LearnWaitingAsync(_pending, _ended, cancellationToken) : _normalizer.LearnAsync(_pending, cancellationToken);
        await learning.ConfigureAwait(false);
        var done = 0;
        try
        {
            while (done < _pending.Count)
            {
                var row = _pending[done++];
                if (_normalizer.TryResolve(row.Raw, out var place))
                {
                    Emit(ref _normalizer[place], row.Raw, row.ObservedAt, row.ReceivedAt);
                    if (_batcher.IsFull)
                    {
                        await PublishAsync(cancellationToken).ConfigureAwait(false);
                    }
                }
                else
                {
                    Reject(row.Raw.Name, _normalizer.IsRefused(row.Raw) ? RejectReasons.BadName : RejectReasons.CatalogUnavailable);
                }
            }
        }
        finally
        {
            _pending.RemoveRange(0, done);
            ResetIfNothingWaits();
        }
    }

    // A row whose numbers are those of a price.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AcceptPlain(in RawPrice raw, long observedAt, long receivedAt)
    {
        if (_pending.Count > 0)
        {
            return AcceptOutOfTurn(raw, observedAt, receivedAt);
        }

        ref var series = ref _normalizer.FindNext(raw);
        if (Unsafe.IsNullRef(ref series))
        {
            return AcceptOutOfTurn(raw, observedAt, receivedAt);
        }

        if (_outOfTurn.Count > 0)
        {
            return AcceptBehind(raw, series.Place, observedAt, receivedAt);
        }

        Emit(ref series, raw, observedAt, receivedAt);
        return _batcher.IsFull || _clock.IsDue;
    }

    // A row that is no price, or one with many digits or an old time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AcceptUnusual(in RawPrice raw, long observedAt, long receivedAt) =>
        _checks.Check(raw, observedAt, receivedAt, _lane) is { } reason ? Reject(raw.Name, reason) : AcceptPlain(raw, observedAt, receivedAt);

    // A row in turn that comes behind some that were not.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AcceptBehind(in RawPrice raw, int place, long observedAt, long receivedAt)
    {
        // Where the table began anew meanwhile, its place is void.
        var table = _normalizer.Table;
        if (!Settle() || (_normalizer.Table != table && !_normalizer.TryResolve(raw, out place)))
        {
            return AcceptOutOfTurn(raw, observedAt, receivedAt);
        }

        Emit(ref _normalizer[place], raw, observedAt, receivedAt);
        return _batcher.IsFull || _clock.IsDue;
    }

    // A row with a name or a source that is not known or that comes at another turn, or any row behind one that is not known.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AcceptOutOfTurn(in RawPrice raw, long observedAt, long receivedAt)
    {
        // What is found in the table of series was checked when it was added there.
        if (_pending.Count > 0 || raw.Name is null)
        {
            Pend(raw, observedAt, receivedAt);
            return NeedsRelief;
        }

        _outOfTurn.Add(raw, observedAt, receivedAt, _normalizer);
        _clock.Arm();
        if (_outOfTurn.IsFull || _batcher.Count + _outOfTurn.Count >= _batchSize)
        {
            Settle();
        }

        return NeedsRelief;
    }

    // A row that is not known waits for the catalogue, if its texts are such that it could be.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Pend(in RawPrice raw, long observedAt, long receivedAt)
    {
        if (_checks.CheckText(raw) is { } reason)
        {
            Reject(raw.Name, reason);
        }
        else
        {
            _pending.Add(new PendingRow(raw, observedAt, receivedAt));
            _clock.Arm();
        }
    }

    // Looks up the rows out of turn as far as there is room. Behind one that is not known all wait for the catalogue.
    private bool Settle()
    {
        _outOfTurn.FetchLast(_normalizer);
        while (_outOfTurn.Count > 0 && !_batcher.IsFull)
        {
            ref readonly var row = ref _outOfTurn.Take();
            if (_pending.Count > 0 || !_normalizer.TryResolve(row, out var place))
            {
                Pend(row.ToRaw(), row.ObservedAt, row.ReceivedAt);
                continue;
            }

            ref var series = ref _normalizer[place];
            if (_deduplicator.IsRepeat(series, row))
            {
                _row.CountDeduplicated();
            }
            else
            {
                Emit(ref series, row.ToRaw(), row.ObservedAt, row.ReceivedAt);
            }
        }

        return _outOfTurn.Count == 0 && _pending.Count == 0 && !_batcher.IsFull;
    }

    private async ValueTask SettleAllAsync(CancellationToken cancellationToken)
    {
        while (_outOfTurn.Count > 0 || _batcher.IsFull)
        {
            if (_batcher.IsFull)
            {
                await PublishAsync(cancellationToken).ConfigureAwait(false);
            }

            Settle();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(ref Series series, in RawPrice raw, long observedAt, long receivedAt)
    {
        if (series.Source.Value == 0)
        {
            Reject(raw.Name, RejectReasons.BadRow);
        }
        else if (_deduplicator.Admit(ref series, raw, observedAt, receivedAt) is var admittedAt and not Deduplicator.HeldBack)
        {
            if (_batcher.Count == 0)
            {
                _batcher.Begin(_normalizer.Table, series.Place);
                _clock.Arm();
            }

            _batcher.Add(series, raw, observedAt, admittedAt);
        }
        else
        {
            _row.CountDeduplicated();
        }
    }

    private ValueTask PublishAsync(CancellationToken cancellationToken)
    {
        var lease = _batcher.Take(_normalizer.Table);
        ResetIfNothingWaits();
        return _publisher.PublishAsync(lease, _row, cancellationToken);
    }

    // What comes next has not waited for as long as what went.
    private void ResetIfNothingWaits()
    {
        if (!HasUnflushed)
        {
            _clock.Reset();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Reject(string? name, string reason)
    {
        _samples.AddOwn(name, reason, _row.CountRejected(reason));
        return _clock.IsDue;
    }
}
