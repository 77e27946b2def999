using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Ends a cycle in which nothing happens, and abandons one that does not end when it is told to: for one cycle of a runner after the other.</summary>
internal sealed class ProgressWatch : IDisposable
{
    private const int Looks = 4;
    private static readonly TimeSpan HurriedGrace = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private CycleReader? _reader;
    private CancellationTokenSource? _fetch;
    private RunRow _row = null!;
    private TimeSpan _timeout;
    private TimeSpan _due;
    private long _setAt;
    private long _seen;
    private int _quietLooks;
    private string? _reason;

    public ProgressWatch(TimeSpan grace, TimeProvider time, ILogger logger)
    {
        (_grace, _time, _logger) = (grace, time, logger);
        _timer = time.CreateTimer(static state => ((ProgressWatch)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why the cycle was cancelled; null when it was not.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Begins to watch a cycle.</summary>
    /// <param name="reader">Reads it.</param>
    /// <param name="fetch">Cancels what the provider is called with.</param>
    /// <param name="request">The cycle.</param>
    public void Begin(CycleReader reader, CancellationTokenSource fetch, CycleRequest request)
    {
        lock (_gate)
        {
            (_reader, _fetch, _row, _timeout, _seen, _quietLooks, _reason) = (reader, fetch, request.Row, request.Options.ProgressTimeout, 0, 0, null);
            Set(_timeout / Looks, _timeout / Looks);
        }
    }

    /// <summary>The cycle has ended, or was abandoned; nobody cancels it any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            (_reader, _fetch) = (null, null);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A sign of life from outside of the cycle; without one nothing is signed.</summary>
    public void Sign()
    {
        lock (_gate)
        {
            if (_reader is not null)
            {
                _row.Sign();
            }
        }
    }

    /// <summary>Cancels the cycle; if it does not end within the grace it is abandoned.</summary>
    public void Cancel(string reason)
    {
        lock (_gate)
        {
            CancelOnce(reason);
        }
    }

    /// <summary>The deadline is over: the grace is cut short.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            CancelOnce("the host stops");
            Set(TimeSpan.Zero, HurriedGrace);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void CancelOnce(string reason)
    {
        if (_reason is null)
        {
            Volatile.Write(ref _reason, reason);
            Set(_grace, _grace);

            // On another thread, because a callback of the provider's may block.
            StoreCall.Observe(_fetch!.CancelAsync());
        }
    }

    private void Set(TimeSpan due, TimeSpan period)
    {
        (_due, _setAt) = (due, _time.GetTimestamp());
        _timer.Change(due, period);
    }

    private void Look()
    {
        lock (_gate)
        {
            // A timer that was set for something before may ring when it has just been set anew.
            if (_reader is { } reader && _time.GetElapsedTime(_setAt) >= _due / 2)
            {
                Look(reader);
            }
        }
    }

    private void Look(CycleReader reader)
    {
        if (_reason is not null)
        {
            reader.TryAbandon();
            return;
        }

        var signs = _row.Signs;
        _quietLooks = reader.IsInPipeline || signs != _seen ? 0 : _quietLooks + 1;
        _seen = signs;
        if (_quietLooks < Looks)
        {
            return;
        }

        if (reader.IsBlocking)
        {
            RunnerLog.Blocked(_logger, _row.Provider, _row.RunId, _timeout);
            CancelOnce($"its thread was blocked for {_timeout}");
        }
        else
        {
            CancelOnce($"nothing happened for {_timeout}");
        }
    }
}
