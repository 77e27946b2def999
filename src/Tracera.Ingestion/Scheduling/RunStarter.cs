using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Takes claimed providers through one run: lease, run log, cycles beside each other, the end of each part.</summary>
internal sealed class RunStarter(
    RunTracker tracker,
    RunJournal journal,
    LeaseKeeper leases,
    RunnerFactory factory,
    WriteInstruments instruments,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<RunStarter> logger) : IDisposable
{
    private const int RetriesPerBeat = 5;
    private readonly ConcurrentDictionary<(string Provider, bool IsStream), ProviderRunner> _runners = new();
    private readonly Places _places = new(options.Value.MaxConcurrentProviders, options.Value.MaxSlowProviders, options.Value.SlowAfter, time);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _drain = new();

    /// <summary>Nothing more is fetched.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Ends every cycle; what was fetched is passed on.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>The deadline is over.</summary>
    public Task GiveUpAsync() => _drain.CancelAsync();

    public void Dispose()
    {
        _places.Dispose();
        _stop.Dispose();
        _drain.Dispose();
    }

    /// <summary>Begins a run of those claimed providers that may be polled here; the others are postponed.</summary>
    /// <returns>The run and its providers; null when there are none.</returns>
    public async Task<StartedRun?> TryBeginAsync(RunTrigger trigger, IReadOnlyList<ProviderSlot> claimed)
    {
        var states = await Task.WhenAll(claimed.Select(slot => MayPollAsync(slot.Name))).ConfigureAwait(false);
        var mine = claimed.Where((_, at) => states[at] == LeaseState.Held).ToList();
        var (hasRoom, retryAt) = (journal.HasRoom, time.GetUtcNow() + (options.Value.HeartbeatInterval / RetriesPerBeat));
        if (mine.Count > 0 && !hasRoom)
        {
            SchedulerLog.JournalFull(logger, journal.Depth);
        }

        foreach (var slot in claimed)
        {
            if (!hasRoom || !mine.Contains(slot))
            {
                instruments.Skipped(slot.Name);
                slot.Postpone(retryAt);
            }
        }

        if (mine.Count == 0 || !hasRoom || _stop.IsCancellationRequested)
        {
            mine.ForEach(slot => slot.Postpone(retryAt));
            return null;
        }

        var run = tracker.Begin(trigger, mine.Select(slot => slot.Name), out var started);
        if (RunLogLevel.Of(trigger) is var level && logger.IsEnabled(level))
        {
            SchedulerLog.Started(logger, level, run.Id, trigger, string.Join(", ", mine.Select(slot => slot.Name)));
        }

        await started.Tried.Task.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new StartedRun(run, mine);
    }

    /// <summary>Runs one part of a run in its turn and ends it.</summary>
    /// <param name="request">The cycle.</param>
    /// <param name="slot">Its provider.</param>
    /// <param name="release">Gives the provider free; told before the run can end, so that whoever has seen the end of a run can start the next one.</param>
    public async Task<CycleResult> RunAsync(CycleRequest request, ProviderSlot slot, Action<CycleResult> release)
    {
        if (request.IsStream)
        {
            return await RunNowAsync(request, slot, release, CancellationToken.None).ConfigureAwait(false);
        }

        var taking = _places.TakeAsync(slot.Name, _stop.Token);
        await ((Task)taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!taking.IsCompletedSuccessfully)
        {
            var stopped = new CycleResult("the host stops", IsStopped: true);
            release(stopped);
            tracker.EndCycle(request.Row, stopped.Error);
            return stopped;
        }

        using var place = await taking.ConfigureAwait(false);
        return await RunNowAsync(request, slot, release, place.Over).ConfigureAwait(false);
    }

    private async Task<CycleResult> RunNowAsync(CycleRequest request, ProviderSlot slot, Action<CycleResult> release, CancellationToken over)
    {
        var startedAt = time.GetTimestamp();
        slot.Started(time.GetUtcNow());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, leases.Lost(slot.Name));
        var result = await RunnerOf(slot.Name, request.IsStream).RunAsync(request, stop.Token, over, _drain.Token).ConfigureAwait(false);
        instruments.CycleEnded(slot.Name, result.IsSuccess, time.GetElapsedTime(startedAt));
        release(result);
        tracker.EndCycle(request.Row, result.Error);
        return result;
    }

    private async Task<LeaseState> MayPollAsync(string provider)
    {
        var wasHeld = leases.IsHeld(provider);
        var state = await leases.EnsureAsync(provider, _stop.Token).ConfigureAwait(false);
        if (state == LeaseState.Held && !wasHeld)
        {
            // Another host may have stored since this one compared last.
            RunnerOf(provider, isStream: false).Forget();
            RunnerOf(provider, isStream: true).Forget();
        }

        return state;
    }

    private ProviderRunner RunnerOf(string provider, bool isStream) =>
        _runners.GetOrAdd((provider, isStream), static (key, make) => make.Create(key.Provider), factory);
}
