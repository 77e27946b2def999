namespace Tracera.Ingestion;

/// <summary>Cancels calls that take too long: one call at a time, with one timer and one token source for as many calls as end in time.</summary>
/// <remarks>Begun and ended by one caller; the timer comes on any thread.</remarks>
internal sealed class CallDeadline : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _after;
    private readonly TimeProvider _time;
    private readonly CancellationToken _outer;
    private readonly ITimer _timer;
    private CancellationTokenSource _source;
    private long _begunAt;
    private bool _isUnderWay;
    private Task? _cancelling;

    /// <param name="after">How long a call may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="outer">Cancels every call.</param>
    public CallDeadline(TimeSpan after, TimeProvider time, CancellationToken outer)
    {
        (_after, _time, _outer) = (after, time, outer);
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _timer = time.CreateTimer(static state => ((CallDeadline)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long a call may take.</summary>
    public TimeSpan After => _after;

    /// <summary>Told on a thread of the timer's when the call under way has taken too long, before that call can end: it must be brief.</summary>
    public Action? OnLate { get; set; }

    /// <summary>Begins a call.</summary>
    /// <returns>Cancelled once it has taken too long, or by the outer token.</returns>
    public CancellationToken Begin()
    {
        lock (_gate)
        {
            if (_cancelling is { } cancelling)
            {
                StoreCall.Observe(DisposeAsync(_source, cancelling));
                (_source, _cancelling) = (CancellationTokenSource.CreateLinkedTokenSource(_outer), null);
            }

            (_isUnderWay, _begunAt) = (true, _time.GetTimestamp());
            _timer.Change(_after, Timeout.InfiniteTimeSpan);
            return _source.Token;
        }
    }

    /// <summary>The call has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isUnderWay = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Ring()
    {
        lock (_gate)
        {
            // A timer that was set for a call before may ring when the next one has just begun.
            if (!_isUnderWay || _time.GetElapsedTime(_begunAt) < _after / 2)
            {
                return;
            }

            // Asynchronously, because a callback of the callee's may block.
            (_isUnderWay, _cancelling) = (false, _source.CancelAsync());
            StoreCall.Observe(_cancelling);
            OnLate?.Invoke();
        }
    }

    private static async Task DisposeAsync(CancellationTokenSource source, Task cancelling)
    {
        await cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        source.Dispose();
    }
}
