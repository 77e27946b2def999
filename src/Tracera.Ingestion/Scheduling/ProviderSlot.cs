namespace Tracera.Ingestion;

/// <summary>One provider as the scheduler sees it. Thread-safe.</summary>
internal sealed class ProviderSlot(string name, ProviderOptions options, TimeSpan minimumBackoff, DateTimeOffset now)
{
    private readonly Lock _gate = new();
    private SlotTimes _times = new(now, now);
    private bool _isRunning;
    private bool _isBackingOff;
    private bool _hasRun;
    private int _failures;
    private DateTimeOffset? _lastStartedAt;
    private DateTimeOffset? _firstStartedAt;
    private DateTimeOffset? _lastSuccessAt;
    private string? _lastError;
    private IBackfillProvider? _backfilled;

    public string Name { get; } = name;

    /// <summary>The names of some, in their order.</summary>
    public static string[] Names(IReadOnlyList<ProviderSlot> slots)
    {
        var names = new string[slots.Count];
        for (var at = 0; at < names.Length; at++)
        {
            names[at] = slots[at].Name;
        }

        return names;
    }

    public ProviderOptions Options { get; } = options;

    public IPriceProvider? Polled
    {
        get;
        set => (field, Fetch) = (value, value is null ? null : value.FetchAsync);
    }

    /// <summary>Fetches from <see cref="Polled"/>.</summary>
    public Func<FetchContext, CancellationToken, IAsyncEnumerable<RawPrice>>? Fetch { get; private set; }

    public IStreamingPriceProvider? Streamed { get; set; }

    public IBackfillProvider? Backfilled
    {
        get => _backfilled;
        set => (_backfilled, Past) = (value, value is null ? null : new ProviderSlot(Name, Options, minimumBackoff, now) { _backfilled = value });
    }

    /// <summary>The right to ask it for the past, which is one of its own, so that the present goes on meanwhile; null where it cannot be asked.</summary>
    public ProviderSlot? Past { get; private set; }

    /// <summary>How its stream fares; null where it has none, or before that was begun.</summary>
    public StreamState? Stream { get; set; }

    /// <summary>Whether there is no provider, because it could not be made.</summary>
    public bool IsUnmade { get; private set; }

    /// <summary>Whether its cycles are planned.</summary>
    public bool IsPolled => Options.Enabled && Polled is not null;

    /// <summary>Whether it has never run here.</summary>
    public bool IsFirst => !_hasRun;

    /// <summary>When it is due; null while it runs or is not polled.</summary>
    public DateTimeOffset? DueAt
    {
        get
        {
            lock (_gate)
            {
                return IsPolled && !_isRunning ? _times.DueAt : null;
            }
        }
    }

    /// <summary>Since when it had no success: its last one, or the first start before one; null before that.</summary>
    public DateTimeOffset? NoSuccessSince
    {
        get
        {
            lock (_gate)
            {
                return _lastSuccessAt ?? _firstStartedAt;
            }
        }
    }

    public DateTimeOffset ScheduledAt => _times.ScheduledAt;

    /// <summary>It could not be made, and never runs.</summary>
    public void Unmade(string error)
    {
        lock (_gate)
        {
            (IsUnmade, _isBackingOff, _failures, _lastError) = (true, true, 1, error);
        }
    }

    /// <summary>Takes the right to run it.</summary>
    /// <returns>False while it runs.</returns>
    public bool TryClaim()
    {
        lock (_gate)
        {
            return !_isRunning && (_isRunning = true);
        }
    }

    /// <summary>The clock was put back: its times, those to come and those that were, are earlier by as much.</summary>
    public void PutBack(TimeSpan span)
    {
        lock (_gate)
        {
            _times = new SlotTimes(_times.Nominal - span, _times.DueAt - span);
            (_firstStartedAt, _lastStartedAt, _lastSuccessAt) = (_firstStartedAt - span, _lastStartedAt - span, _lastSuccessAt - span);
        }

        Stream?.PutBack(span);
    }

    private bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _isRunning;
            }
        }
    }

    public void Started(DateTimeOffset now)
    {
        lock (_gate)
        {
            (_lastStartedAt, _hasRun, _isRunning) = (now, true, true);
            _firstStartedAt ??= now;
        }
    }

    /// <summary>It could not be run; gives the right back.</summary>
    public void Postpone(DateTimeOffset until)
    {
        lock (_gate)
        {
            _isRunning = false;
            if (_times.DueAt < until)
            {
                _times = _times with { DueAt = until, CycleAt = null };
            }
        }
    }

    /// <summary>A cycle has ended; gives the right back.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="wasPlanned">Whether it was the slot's own cycle; one that somebody asked for is not tried again by itself, and leaves what is planned as it is.</param>
    /// <param name="at">The present.</param>
    /// <param name="sample">Chance, 0 to 1.</param>
    public void Completed(CycleResult result, bool wasPlanned, DateTimeOffset at, double sample)
    {
        lock (_gate)
        {
            Note(result, at);
            _isRunning = false;
            if (wasPlanned || result.IsSuccess || result.Failure != ProviderFailure.Transient || result.RetryAt > at)
            {
                _times = CyclePlan.After(_times, result, _failures, Options, minimumBackoff, at, sample);
            }
        }
    }

    /// <summary>A connection of its stream has ended, or could not be begun here.</summary>
    /// <param name="result">How it ended; null where there was none, because another host has the provider or the store is away.</param>
    /// <param name="at">The present.</param>
    /// <param name="again">When the next one is made.</param>
    public void Disconnected(CycleResult? result, DateTimeOffset at, DateTimeOffset again)
    {
        lock (_gate)
        {
            if (result is not null)
            {
                Note(result, at);
            }

            (_isRunning, _times) = (false, new SlotTimes(again, again));
        }
    }

    public ProviderStatus ToStatus()
    {
        lock (_gate)
        {
            var state = !Options.Enabled ? ProviderState.Disabled
                : _isRunning || Past?.IsRunning == true ? ProviderState.Running
                : _isBackingOff ? ProviderState.BackingOff
                : ProviderState.Idle;
            return new ProviderStatus(
                Name, state, Options.Interval, _lastStartedAt, _lastSuccessAt, _lastError, Options.Enabled && !IsUnmade ? _times.DueAt : null, _failures);
        }
    }

    private void Note(CycleResult result, DateTimeOffset at)
    {
        _failures = result.IsSuccess ? 0 : _failures + 1;
        _isBackingOff = !result.IsSuccess;
        _lastError = result.Error;
        _lastSuccessAt = result.IsSuccess ? at : _lastSuccessAt;
    }
}
