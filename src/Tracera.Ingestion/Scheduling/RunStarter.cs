using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
    ILogger<RunStarter> logger) : IProviderProgress, IDisposable
{
    private const int RetriesPerBeat = 5;
    private readonly ConcurrentDictionary<(string Provider, CycleKind Kind), ProviderRunner> _runners = new();
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
        foreach (var runner in _runners.Values)
        {
            runner.Dispose();
        }

        _places.Dispose();
        _stop.Dispose();
        _drain.Dispose();
    }

    /// <summary>A sign of life of a cycle. Not of a stream's connection: that another request of the same provider is answered says nothing about it.</summary>
    public void Report(string provider)
    {
        if (OwnSigns.Backfill is { } row && row.Provider == provider)
        {
            row.Sign();
        }
        else if (_runners.TryGetValue((provider, CycleKind.Poll), out var runner))
        {
            runner.Sign();
        }
    }

    /// <summary>Begins a run of those claimed providers that may be polled here; the others are postponed.</summary>
    /// <returns>The run and its providers; null when there are none.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StartedRun?> TryBeginAsync(RunTrigger trigger, IReadOnlyList<ProviderSlot> claimed)
    {
        var mine = await WhichMayBePolledAsync(claimed).ConfigureAwait(false);
        var (hasRoom, retryAt) = (journal.HasRoom, time.GetUtcNow() + (options.Value.HeartbeatInterval / RetriesPerBeat));
        if (mine.Count > 0 && !hasRoom)
        {
            SchedulerLog.JournalFull(logger, journal.Depth);
            mine = [];
        }

        // Each is given back once: after that somebody else may have claimed it.
        if (mine.Count < claimed.Count)
        {
            Skip([.. claimed.Except(mine)], retryAt);
        }

        if (mine.Count == 0 || _stop.IsCancellationRequested)
        {
            Postpone(mine, retryAt);
            return null;
        }

        var run = tracker.Begin(trigger, ProviderSlot.Names(mine), out var started);
        if (RunLogLevel.Of(trigger) is var level && logger.IsEnabled(level))
        {
            SchedulerLog.Started(logger, level, run.Id, trigger, string.Join(", ", mine.Select(slot => slot.Name)));
        }

        await started.Tried.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new StartedRun(run, mine);
    }

    /// <summary>Runs one part of a run in its turn and ends it.</summary>
    /// <param name="request">The cycle.</param>
    /// <param name="slot">Its provider; free again before the run can end, so that whoever has seen the end of a run can start the next one.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CycleResult> RunAsync(CycleRequest request, ProviderSlot slot)
    {
        CycleResult result;
        try
        {
            result = await RunInTurnAsync(request, slot).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Whatever fails, a mapper that cannot be made say: the provider is given back and its part of the run ends.
            SchedulerLog.NotRun(logger, error, slot.Name, request.Row.RunId);
            result = new CycleResult($"{error.GetType().Name}: {error.Message}", Cause: error);
        }

        if (!request.IsStream)
        {
            slot.Completed(result, request.IsPlanned, time.GetUtcNow(), Random.Shared.NextDouble());
        }

        tracker.EndCycle(request.Row, result.Error);
        return result;
    }

    // A stream needs no place. A place is given back when this ends, before the provider is free: else it would count as held while the next cycle runs.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CycleResult> RunInTurnAsync(CycleRequest request, ProviderSlot slot)
    {
        using var place = request.IsStream ? null : await TakePlaceAsync(request.Kind == CycleKind.Backfill ? $"{slot.Name} (backfill)" : slot.Name).ConfigureAwait(false);
        if (place is null && !request.IsStream)
        {
            return new CycleResult("the host stops", IsStopped: true);
        }

        var startedAt = time.GetTimestamp();
        slot.Started(time.GetUtcNow());
        var runner = RunnerOf(slot.Name, request.Kind);
        var result = await runner.RunAsync(request, leases.Until(slot.Name), place?.Over ?? CancellationToken.None, _drain.Token).ConfigureAwait(false);
        instruments.CycleEnded(slot.Name, result.IsSuccess, time.GetElapsedTime(startedAt));
        if (place is not null)
        {
            place.HasSucceeded = result.IsSuccess;
        }

        return result;
    }

    // Null when the host stops meanwhile.
    private async ValueTask<Place?> TakePlaceAsync(string provider)
    {
        try
        {
            return await _places.TakeAsync(provider, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Skip(IReadOnlyList<ProviderSlot> slots, DateTimeOffset until)
    {
        foreach (var slot in slots)
        {
            instruments.Skipped(slot.Name);
        }

        Postpone(slots, until);
    }

    private static void Postpone(IReadOnlyList<ProviderSlot> slots, DateTimeOffset until)
    {
        foreach (var slot in slots)
        {
            slot.Postpone(until);
        }
    }

    private async ValueTask<IReadOnlyList<ProviderSlot>> WhichMayBePolledAsync(IReadOnlyList<ProviderSlot> claimed)
    {
        if (claimed is [var only])
        {
            return await MayPollAsync(only.Name).ConfigureAwait(false) == LeaseState.Held ? claimed : [];
        }

        var states = await Task.WhenAll(claimed.Select(slot => MayPollAsync(slot.Name).AsTask())).ConfigureAwait(false);
        return [.. claimed.Where((_, at) => states[at] == LeaseState.Held)];
    }

    private async ValueTask<LeaseState> MayPollAsync(string provider)
    {
        var wasHeld = leases.IsHeld(provider);
        var state = await leases.EnsureAsync(provider, _stop.Token).ConfigureAwait(false);
        if (state == LeaseState.Held && !wasHeld)
        {
            // Another host may have stored since this one compared last.
            foreach (var kind in Enum.GetValues<CycleKind>())
            {
                _runners.GetValueOrDefault((provider, kind))?.Forget();
            }
        }

        return state;
    }

    private ProviderRunner RunnerOf(string provider, CycleKind kind) =>
        _runners.GetOrAdd((provider, kind), static (key, make) => make.Create(key.Provider), factory);
}
