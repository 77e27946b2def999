namespace Tracera.Ingestion;

/// <summary>Says when what has been gathered has waited long enough.</summary>
internal sealed class FlushClock : IDisposable
{
    private readonly TimeSpan _after;
    private readonly ITimer _timer;
    private TaskCompletionSource _due = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isArmed;

    public FlushClock(TimeSpan after, TimeProvider time)
    {
        _after = after;
        _timer = time.CreateTimer(
            static state => Volatile.Read(ref ((FlushClock)state!)._due).TrySetResult(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends once the time is over.</summary>
    public Task Due => _due.Task;

    public void Arm()
    {
        if (!_isArmed)
        {
            _isArmed = true;
            _timer.Change(_after, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Everything was flushed.</summary>
    public void Reset()
    {
        if (_isArmed)
        {
            _isArmed = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (_due.Task.IsCompleted)
        {
            Volatile.Write(ref _due, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    public void Dispose() => _timer.Dispose();
}
