using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Applies the changes of runs to the run log in order; while the store is away they wait here. Thread-safe.</summary>
internal sealed class RunJournal(IRunLog log, IOptions<IngestionOptions> options, TimeProvider time, ILogger<RunJournal> logger) : IDisposable
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(15);
    private readonly Lock _gate = new();
    private readonly Queue<RunTransition> _waiting = new();
    private readonly Signal _more = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private int _failures;
    private Exception? _lastError;

    /// <summary>Whether the last try failed.</summary>
    public bool IsAway => Volatile.Read(ref _failures) > 0;

    /// <summary>How many changes wait.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Whether another run may begin. The ends of running runs are always taken; there are only so many of them.</summary>
    public bool HasRoom => Depth < options.Value.MaxJournalEntries;

    /// <summary>Adds a change; returns at once.</summary>
    public RunTransition Add(RunTransition transition)
    {
        lock (_gate)
        {
            _waiting.Enqueue(transition);
        }

        if (IsAway)
        {
            transition.Tried.TrySetResult();
        }

        _more.Set();
        return transition;
    }

    public void Start() => _loop = Task.Run(() => ApplyAllAsync(_stopping.Token));

    /// <summary>Applies what waits, until it is done or the time is over, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (Peek() is { } next && await ApplyAsync(next, cancellationToken).ConfigureAwait(false))
        {
        }

        if (Depth > 0)
        {
            JournalLog.Unkept(logger, _lastError, Depth);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task ApplyAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Peek() is not { } next)
            {
                await _more.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (!await ApplyAsync(next, cancellationToken).ConfigureAwait(false))
            {
                var pause = Backoff.After(_failures, MinPause, MaxPause, Random.Shared.NextDouble());
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ApplyAsync(RunTransition next, CancellationToken cancellationToken)
    {
        var answer = await StoreCall.TryAsync(token => next.Apply(log, token), StoreCall.Deadline, time, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk && cancellationToken.IsCancellationRequested)
        {
            _lastError = answer.Error;
            return false;
        }

        Note(answer, next);
        next.Tried.TrySetResult();
        return answer.IsOk;
    }

    private void Note(Answer<bool> answer, RunTransition next)
    {
        if (!answer.IsOk)
        {
            _lastError = answer.Error;
            if (Interlocked.Increment(ref _failures) == 1)
            {
                JournalLog.Away(logger, answer.Error, next.What, next.RunId);
                ReleaseWaiters();
            }

            return;
        }

        if (Interlocked.Exchange(ref _failures, 0) > 0)
        {
            JournalLog.Back(logger, Depth);
        }

        if (!answer.Value)
        {
            JournalLog.Refused(logger, next.What, next.RunId);
        }

        lock (_gate)
        {
            _waiting.Dequeue();
        }
    }

    private void ReleaseWaiters()
    {
        lock (_gate)
        {
            foreach (var transition in _waiting)
            {
                transition.Tried.TrySetResult();
            }
        }
    }

    private RunTransition? Peek()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out var next) ? next : null;
        }
    }
}
