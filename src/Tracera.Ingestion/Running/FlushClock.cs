namespace Tracera.Ingestion;

/// <summary>Says when what has been gathered has waited long enough.</summary>
internal sealed class FlushClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _after;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TaskCompletionSource? _due;
    private long _armedAt;
    private bool _isDue;
    private bool _isArmed;

    public FlushClock(TimeSpan after, TimeProvider time)
    {
        (_after, _time) = (after, time);
        _timer = time.CreateTimer(static state => ((FlushClock)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the time is over.</summary>
    public bool IsDue => Volatile.Read(ref _isDue);

    /// <summary>Ends once the time is over.</summary>
    public Task Due
    {
        get
        {
            lock (_gate)
            {
                if (_isDue)
                {
                    return Task.CompletedTask;
                }

                _due ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _due.Task;
            }
        }
    }

    public void Arm()
    {
        if (!_isArmed)
        {
            Start();
        }
    }

    /// <summary>Nothing waits any more.</summary>
    public void Reset()
    {
        if (!_isArmed)
        {
            return;
        }

        lock (_gate)
        {
            _isArmed = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _isDue, false);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Start()
    {
        lock (_gate)
        {
            (_isArmed, _armedAt) = (true, _time.GetTimestamp());
            _timer.Change(_after, Timeout.InfiniteTimeSpan);
        }
    }

    private void Ring()
    {
        lock (_gate)
        {
            // A timer that was set for what has gone meanwhile may ring when the next has just begun to wait.
            if (!_isArmed || _time.GetElapsedTime(_armedAt) < _after / 2)
            {
                return;
            }

            Volatile.Write(ref _isDue, true);
            _due?.TrySetResult();
            _due = null;
        }
    }
}
