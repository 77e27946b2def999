using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Starts runs: all enabled providers at start, later whatever is due, and what is asked for.</summary>
/// <remarks>The loop itself never waits for a provider or the store; each run has a task of its own.</remarks>
internal sealed class Scheduler(
    SlotTable table, RunStarter starter, BackfillBook backfills, LeaseKeeper leases, IngestChannel channel, IOptions<IngestionOptions> options, TimeProvider time, ILogger<Scheduler> logger)
    : ITraceraComponent
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(1);
    private readonly Signal _wake = new();
    private readonly Workers _workers = new(logger);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        table.MakeProviders();
        _workers.Run(LoopAsync);
        _workers.Run(RenewAsync);
        _workers.Run(ResumeAsync);
        foreach (var slot in table.Slots.Where(slot => slot.Options.Enabled && slot.Streamed is not null))
        {
            _workers.Run(() => new StreamLoop(starter, options, time).RunAsync(slot));
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var onDeadline = cancellationToken.UnsafeRegister(
            static state => StoreCall.Observe(((RunStarter)state!).GiveUpAsync()), starter).ConfigureAwait(false);
        await starter.StopAsync().ConfigureAwait(false);
        _wake.Set();
        await _workers.WhenAllAsync().ConfigureAwait(false);
        channel.Complete();
        await leases.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        await table.DisposeProvidersAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a run of claimed providers and sets its cycles going.</summary>
    /// <returns>The run; null when none of them may be polled here.</returns>
    public async Task<StartedRun?> FireAsync(RunTrigger trigger, IReadOnlyList<ProviderSlot> claimed, RunRequest? request = null)
    {
        var started = await starter.TryBeginAsync(trigger, claimed).ConfigureAwait(false);
        for (var i = 0; i < started?.Slots.Count; i++)
        {
            var (slot, row) = (started.Slots[i], started.Run.Rows[i]);
            _workers.Run(static cycle => cycle.Scheduler.CycleAsync(cycle.Request, cycle.Slot), (Scheduler: this, Request: RequestFor(trigger, slot, row, request), Slot: slot));
        }

        _wake.Set();
        return started;
    }

    private CycleRequest RequestFor(RunTrigger trigger, ProviderSlot slot, RunRow row, RunRequest? request)
    {
        var scheduledAt = trigger is RunTrigger.Demand or RunTrigger.Backfill ? time.GetUtcNow() : slot.ScheduledAt;
        return request is { From: { } from, To: { } to }
            ? new CycleRequest(
                row,
                slot.Options,
                scheduledAt,
                BatchLane.Backfill,
                IsStream: false,
                IsPlanned: false,
                ReadPast(slot.Backfilled!, from, to))
            : new CycleRequest(row, slot.Options, scheduledAt, BatchLane.Live, IsStream: false, trigger is RunTrigger.Startup or RunTrigger.Schedule, slot.Fetch!);
    }

    // Apart, so that a cycle of now makes no closure.
    private Func<FetchContext, CancellationToken, IAsyncEnumerable<RawPrice>> ReadPast(IBackfillProvider provider, DateTimeOffset from, DateTimeOffset to) =>
        (context, token) => backfills.ReadAsync(provider, context, from, to, token);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CycleAsync(CycleRequest request, ProviderSlot slot)
    {
        await starter.RunAsync(request, slot).ConfigureAwait(false);
        _wake.Set();
    }

    private async Task LoopAsync()
    {
        var timer = time.CreateTimer(static state => ((Signal)state!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var disposing = timer.ConfigureAwait(false);
        var clock = new WallClock(time);
        while (!starter.Stopping.IsCancellationRequested)
        {
            var now = clock.Read(out var putBack);
            if (putBack > TimeSpan.Zero)
            {
                PutBack(putBack);
            }

            FireDue(now);
            if (NextDue() is { } next)
            {
                var sleep = next - now;
                timer.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep > LongestSleep ? LongestSleep : sleep, Timeout.InfiniteTimeSpan);
                if (time.GetUtcNow() is var after && (after >= next || after - now >= Slack))
                {
                    // The clock went on meanwhile, and the timer counts from there: it would be late.
                    continue;
                }
            }

            await _wake.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    // What was due in an hour is due in an hour, whatever the clock says now.
    private void PutBack(TimeSpan span)
    {
        SchedulerLog.ClockPutBack(logger, span);
        foreach (var slot in table.Slots)
        {
            slot.PutBack(span);
        }
    }

    private DateTimeOffset? NextDue()
    {
        DateTimeOffset? next = null;
        foreach (var slot in table.Slots)
        {
            if (slot.DueAt is { } due && !(next <= due))
            {
                next = due;
            }
        }

        return next;
    }

    private void FireDue(DateTimeOffset now)
    {
        List<ProviderSlot>? due = null;
        foreach (var slot in table.Slots)
        {
            if (slot.DueAt <= now && slot.TryClaim())
            {
                (due ??= []).Add(slot);
            }
        }

        if (due is not null)
        {
            FireBoth(due.ToLookup(slot => slot.IsFirst));
        }
    }

    private void FireBoth(ILookup<bool, ProviderSlot> due)
    {
        foreach (var group in due)
        {
            var (trigger, claimed) = (group.Key ? RunTrigger.Startup : RunTrigger.Schedule, group.ToList());
            _workers.Run(() => FireAsync(trigger, claimed));
        }
    }

    private async Task ResumeAsync()
    {
        var resuming = new BackfillResume(backfills, table, time).RunAsync(FireAsync, starter.Stopping);
        await resuming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RenewAsync()
    {
        var renewing = leases.RenewAsync(starter.Stopping);
        await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
