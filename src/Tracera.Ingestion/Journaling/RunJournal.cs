using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Applies the changes of runs to the run log in order; while the store is away they wait here. Thread-safe.</summary>
/// <remarks>
/// A change that fails again and again while a change of another run succeeds is not the store's absence: its run is set aside, so that it blocks nobody, and is tried again from
/// time to time. Nothing is thrown away; what is set aside counts towards the cap.
/// </remarks>
internal sealed class RunJournal(IRunLog log, IOptions<IngestionOptions> options, TimeProvider time, ILogger<RunJournal> logger) : IDisposable
{
    /// <summary>So many failures of the first change in a row, and a change of another run is tried.</summary>
    public const int TriesBeforeAside = 5;

    /// <summary>How often what was set aside is tried again.</summary>
    public static readonly TimeSpan AsidePause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(15);
    private readonly JournalQueue _queue = new();
    private readonly Signal _more = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private int _failures;
    private Exception? _lastError;

    /// <summary>Whether the last try failed.</summary>
    public bool IsAway => Volatile.Read(ref _failures) > 0;

    /// <summary>How many changes wait.</summary>
    public int Depth => _queue.Count;

    /// <summary>How many of them are set aside.</summary>
    public int AsideCount => _queue.AsideCount;

    /// <summary>Whether another run may begin. The ends of running runs are always taken; there are only so many of them.</summary>
    public bool HasRoom => Depth < options.Value.MaxJournalEntries;

    /// <summary>Adds a change; returns at once.</summary>
    public void Add(RunTransition transition)
    {
        _queue.Add(transition);
        if (IsAway)
        {
            transition.NoteTried();
        }

        _more.Set();
    }

    public void Start() => _loop = Task.Run(() => ApplyAllAsync(_stopping.Token));

    /// <summary>Applies what waits, until it is done or the time is over, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var late = new CallDeadline(StoreCall.Deadline, time, cancellationToken);
        while (_queue.Peek() is { } next && !cancellationToken.IsCancellationRequested)
        {
            if (!await ApplyAsync(next, late, cancellationToken).ConfigureAwait(false))
            {
                _queue.SetAside(next.RunId);
            }
        }

        if (Depth > 0)
        {
            JournalLog.Unkept(logger, _lastError, Depth);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task ApplyAllAsync(CancellationToken cancellationToken)
    {
        var timer = time.CreateTimer(static state => ((RunJournal)state!).TryAsideAgain(), this, AsidePause, AsidePause);
        await using var disposing = timer.ConfigureAwait(false);
        using var late = new CallDeadline(StoreCall.Deadline, time, cancellationToken);
        while (true)
        {
            if (_queue.Peek() is not { } next)
            {
                await _more.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (!await ApplyAsync(next, late, cancellationToken).ConfigureAwait(false))
            {
                await ProbeAsync(next, late, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The store is away, or it refuses this one change: what it says to a change of another run tells which.
    private async Task ProbeAsync(RunTransition failed, CallDeadline late, CancellationToken cancellationToken)
    {
        if (_failures >= TriesBeforeAside
            && _queue.PeekOther(failed.RunId) is { } other
            && await ApplyAsync(other, late, cancellationToken).ConfigureAwait(false))
        {
            await SetAsideUnlessTakenAsync(failed, cancellationToken).ConfigureAwait(false);
            return;
        }

        var pause = Backoff.After(_failures, MinPause, MaxPause, Random.Shared.NextDouble());
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }

    // The store may have come back between the two, so that it would take this change as well.
    private async Task SetAsideUnlessTakenAsync(RunTransition failed, CancellationToken cancellationToken)
    {
        var again = await StoreCall.TryAsync(token => failed.ApplyAsync(log, token), StoreCall.Deadline, time, cancellationToken).ConfigureAwait(false);
        if (again.IsOk)
        {
            Note(again, failed);
        }
        else if (!cancellationToken.IsCancellationRequested)
        {
            JournalLog.SetAside(logger, again.Error, failed.Named, _queue.SetAside(failed.RunId));
        }
    }

    private void TryAsideAgain()
    {
        if (!IsAway && _queue.AsideCount > 0)
        {
            _queue.TakeBack();
            _more.Set();
        }
    }

    private async Task<bool> ApplyAsync(RunTransition next, CallDeadline late, CancellationToken cancellationToken)
    {
        var answer = await StoreCall.TryAsync(static (call, token) => call.Next.ApplyAsync(call.Log, token), (Next: next, Log: log), late).ConfigureAwait(false);
        if (!answer.IsOk && cancellationToken.IsCancellationRequested)
        {
            _lastError = answer.Error;
            return false;
        }

        Note(answer, next);
        next.NoteTried();
        return answer.IsOk;
    }

    private void Note(Answer<bool> answer, RunTransition next)
    {
        if (!answer.IsOk)
        {
            _lastError = answer.Error;
            if (Interlocked.Increment(ref _failures) == 1)
            {
                JournalLog.Away(logger, answer.Error, next.Named);
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
            JournalLog.Refused(logger, next.Named);
        }

        _queue.Remove(next);
    }

    private void ReleaseWaiters()
    {
        foreach (var transition in _queue.ToList())
        {
            transition.NoteTried();
        }
    }
}
