using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Accounts for every row and tick of this host's runs, and ends rows and runs once all their ticks have outcomes. Thread-safe.</summary>
internal sealed class RunTracker(
    IEnumerable<ProviderRegistration> providers,
    RunJournal journal,
    BackfillBook backfills,
    IOptions<TraceraOptions> instance,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<RunTracker> logger) : IRunTracker
{
    private readonly GuardedLogger _log = new(logger);
    private readonly ConcurrentDictionary<RunId, TrackedRun> _runs = new();
    private readonly FrozenDictionary<string, ProviderAccount> _accounts = providers
        .Select(provider => provider.Name)
        .Distinct(StringComparer.Ordinal)
        .ToFrozenDictionary(name => name, name => new ProviderAccount(name), StringComparer.Ordinal);

    public string Owner => instance.Value.InstanceName;

    /// <summary>Begins a run; its first journal entry is <paramref name="started"/>.</summary>
    public TrackedRun Begin(RunTrigger trigger, string[] names, out RunStart started)
    {
        var now = time.GetUtcNow();
        var id = RunId.New(now);
        var rows = new RunRow[names.Length];
        for (var at = 0; at < rows.Length; at++)
        {
            rows[at] = new RunRow(id, names[at], now);
            _accounts[names[at]].Open(rows[at]);
        }

        var run = new TrackedRun(id, trigger, Owner, now, rows);

        // Its progress is kept only after its start.
        lock (run.Gate)
        {
            _runs[id] = run;
            started = new RunStart(run.ToRecord(), options.Value.LeaseDuration, time);
            journal.Add(started);
        }

        return run;
    }

    public void EndCycle(RunRow row, string? error) => EndIf(row.EndCycle(error, time.GetUtcNow()), row);

    /// <summary>Ticks of a batch go to the durable sink; below zero when they did not after all.</summary>
    public void Dispatched(PriceBatch batch, int ticks) => Find(batch)?.Dispatch(ticks);

    /// <summary>A published batch is given up before the durable sink was offered it.</summary>
    public void LostBeforeDispatch(PriceBatch batch, string reason) => Lose(batch, batch.Count, wasDispatched: false, reason);

    /// <summary>The durable sink did not say what became of a part of a batch.</summary>
    public void Unaccounted(PriceBatch batch, int count, string reason) => Lose(batch, count, wasDispatched: true, reason);

    public void Settled(PriceBatch batch, WriteOutcome outcome)
    {
        backfills.Settled(batch);
        if (Find(batch) is { } row)
        {
            EndIf(row.Settle(outcome, time.GetUtcNow()), row);
        }
    }

    /// <summary>The durable sink's spool has accepted a batch: its ticks are accounted for, although they are not in the store yet.</summary>
    public void Accepted(PriceBatch batch)
    {
        if (Find(batch) is { } row)
        {
            EndIf(row.Accept(batch.Count, time.GetUtcNow()), row);
        }
    }

    /// <summary>A batch that the spool had accepted has its outcome.</summary>
    public void WrittenLater(PriceBatch batch, WriteOutcome outcome) => Find(batch)?.WriteLater(outcome);

    public void Lost(PriceBatch batch, string reason) => Lose(batch, batch.Count, wasDispatched: true, reason);

    /// <summary>Keeps the counts of running runs, unless changes are waiting already.</summary>
    public void KeepProgress()
    {
        if (journal.Depth > 0)
        {
            return;
        }

        foreach (var run in _runs.Values)
        {
            lock (run.Gate)
            {
                foreach (var row in run.Rows.Where(row => !row.HasEnded))
                {
                    AddRow(row);
                }
            }
        }
    }

    /// <summary>Ends whatever is still open, at the very end.</summary>
    public void AbandonAll(string reason)
    {
        foreach (var row in _runs.Values.SelectMany(run => run.Rows))
        {
            EndIf(row.Abandon(reason, time.GetUtcNow()), row);
        }
    }

    public IReadOnlyList<ProviderLedger> GetLedger() =>
        [.. _accounts.OrderBy(account => account.Key, StringComparer.Ordinal).Select(account => account.Value.ToLedger())];

    private void Lose(PriceBatch batch, int count, bool wasDispatched, string reason)
    {
        TrackerLog.Lost(_log, count, batch.Provider, batch.RunId, reason);
        if (Find(batch) is { } row)
        {
            EndIf(row.Lose(count, wasDispatched, reason, time.GetUtcNow()), row);
        }
    }

    private RunRow? Find(PriceBatch batch) => _runs.TryGetValue(batch.RunId, out var run) ? run.Find(batch.Provider) : null;

    private void EndIf(bool hasEnded, RunRow row)
    {
        if (!hasEnded || !_runs.TryGetValue(row.RunId, out var run))
        {
            return;
        }

        _accounts[row.Provider].Close(row);
        backfills.Ended(row.RunId, row.Provider, row.Error is null);
        lock (run.Gate)
        {
            AddRow(row);
            if (run.Close())
            {
                _runs.TryRemove(run.Id, out _);
                AddEnd(run);
            }
        }
    }

    private void AddRow(RunRow row) => journal.Add(new RowChange(row.RunId, Owner, _accounts[row.Provider].ToRecord(row)));

    private void AddEnd(TrackedRun run)
    {
        var error = run.Error();
        if (error is null)
        {
            TrackerLog.Completed(_log, RunLogLevel.Of(run.Trigger), run.Id);
        }
        else
        {
            TrackerLog.Failed(_log, run.Id, error);
        }

        journal.Add(new RunEnd(run.Id, Owner, error, time.GetUtcNow()));
    }
}
