using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Keeps this host's runs alive in the store, ends those that crashed hosts left behind, and sees the last changes into the store at stop.</summary>
internal sealed class RunKeeper(
    IRunLog log, RunJournal journal, RunTracker tracker, IOptions<IngestionOptions> options, TimeProvider time, ILogger<RunKeeper> logger) : ITraceraComponent, IDisposable
{
    // What is left of the deadline when the pumps have given up is nothing; the ends of their runs get this much all the same.
    private static readonly TimeSpan LastCall = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        journal.Add(new RunSweep(SweepAsync));
        journal.Start();
        _loop = Task.Run(() => BeatAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        tracker.AbandonAll("the host stopped");
        using var lastCall = new CancellationTokenSource();
        var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), lastCall, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var disposing = timer.ConfigureAwait(false);
        await using var onDeadline = cancellationToken.Register(() => timer.Change(LastCall, Timeout.InfiniteTimeSpan)).ConfigureAwait(false);
        await journal.StopAsync(lastCall.Token).ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeartbeatInterval, time);
        var beatsToSweep = Math.Max(1, (int)(options.Value.LeaseDuration / options.Value.HeartbeatInterval));
        for (var beat = 1; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false); beat++)
        {
            await BeatOnceAsync(beat % beatsToSweep == 0, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task BeatOnceAsync(bool alsoSweeps, CancellationToken cancellationToken)
    {
        await StoreCall.TryAsync(
            token => log.HeartbeatAsync(tracker.Owner, time.GetUtcNow() + options.Value.LeaseDuration, token),
            StoreCall.Deadline,
            time,
            cancellationToken).ConfigureAwait(false);
        if (alsoSweeps)
        {
            await StoreCall.TryAsync(token => SweepAsync(log, token), StoreCall.Deadline, time, cancellationToken).ConfigureAwait(false);
        }

        tracker.KeepProgress();
    }

    private async ValueTask<bool> SweepAsync(IRunLog runs, CancellationToken cancellationToken)
    {
        var ended = await runs.FailAbandonedAsync(tracker.Owner, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (ended.Count > 0)
        {
            JournalLog.Abandoned(logger, ended.Count);
        }

        return true;
    }
}
