using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Ends a cycle in which nothing happens, and abandons one that does not end when it is told to.</summary>
internal sealed class ProgressWatch : IDisposable
{
    private const int Looks = 4;
    private readonly CycleReader _reader;
    private readonly RunRow _row;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _fetch;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _grace;
    private readonly ITimer _timer;
    private long _seen;
    private int _quietLooks;
    private string? _reason;

    public ProgressWatch(CycleReader reader, CancellationTokenSource fetch, CycleRequest request, TimeSpan grace, TimeProvider time, ILogger logger)
    {
        (_reader, _fetch, _row, _grace, _logger) = (reader, fetch, request.Row, grace, logger);
        _timeout = request.Options.ProgressTimeout;
        _timer = time.CreateTimer(static state => ((ProgressWatch)state!).Look(), this, _timeout / Looks, _timeout / Looks);
    }

    /// <summary>Why the cycle was cancelled; null when it was not.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Cancels the cycle; if it does not end within the grace it is abandoned.</summary>
    public void Cancel(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _timer.Change(_grace, _grace);

            // On another thread, because a callback of the provider's may block.
            StoreCall.Observe(_fetch.CancelAsync());
        }
    }

    /// <summary>The deadline is over: the grace is cut short.</summary>
    public void Hurry()
    {
        Cancel("the host stops");
        _timer.Change(TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Reason is not null)
        {
            _reader.TryAbandon();
            return;
        }

        var signs = _reader.Signs;
        _quietLooks = _reader.IsInPipeline || signs != _seen ? 0 : _quietLooks + 1;
        _seen = signs;
        if (_quietLooks >= Looks)
        {
            End();
        }
    }

    private void End()
    {
        if (_reader.IsBlocking)
        {
            RunnerLog.Blocked(_logger, _row.Provider, _row.RunId, _timeout);
            Cancel($"its thread was blocked for {_timeout}");
        }
        else
        {
            Cancel($"nothing happened for {_timeout}");
        }
    }
}
