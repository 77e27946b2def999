namespace Tracera.Testing;

/// <summary>Runs in memory.</summary>
/// <remarks>Thread-safe. Owners are never known to be dead: a run is abandoned when its lease is over.</remarks>
public sealed class InMemoryRunLog : IRunLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, (RunRecord Run, DateTimeOffset LeaseUntil)> _runs = [];

    /// <inheritdoc/>
    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (_gate)
        {
            _runs.TryAdd(run.Id, (run, leaseUntil));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return ChangeAsync(runId, owner, run => run.Providers.Any(known => IsOpen(known, row.Provider))
            ? run with { Providers = [.. run.Providers.Select(known => IsOpen(known, row.Provider) ? row : known)] }
            : null);
    }

    /// <inheritdoc/>
    public ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken) =>
        ChangeAsync(runId, owner, run => run with { State = state, Error = error, FinishedAt = finishedAt });

    /// <inheritdoc/>
    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var (id, entry) in _runs.Where(pair => IsRunning(pair.Value.Run, owner)).ToList())
            {
                _runs[id] = (entry.Run, leaseUntil);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var abandoned = _runs.Values
                .Where(entry => entry.Run.State == RunState.Running && entry.Run.Owner != owner && entry.LeaseUntil <= now)
                .Select(entry => entry.Run)
                .ToList();
            foreach (var run in abandoned)
            {
                _runs[run.Id] = (Abandon(run, now), now);
            }

            return new([.. abandoned.Select(run => run.Id).Order()]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_runs.TryGetValue(runId, out var entry) ? entry.Run : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            return new(Cursors.Cut(_runs.Values.Select(entry => entry.Run).Where(run => Matches(run, query)).OrderByDescending(run => run.Id), query.Page));
        }
    }

    private static bool IsRunning(RunRecord run, string owner) => run.State == RunState.Running && run.Owner == owner;

    private static bool IsOpen(ProviderRunRecord row, string provider) => row.Provider == provider && row.State == RunState.Running;

    private static bool Matches(RunRecord run, RunQuery query) =>
        (query.State is null || run.State == query.State)
        && (query.Provider is null || run.Providers.Any(row => row.Provider == query.Provider))
        && (query.From is null || run.StartedAt >= query.From)
        && (query.To is null || run.StartedAt < query.To);

    private static RunRecord Abandon(RunRecord run, DateTimeOffset now) => run with
    {
        State = RunState.Failed,
        Error = "abandoned",
        FinishedAt = now,
        Providers =
        [
            .. run.Providers.Select(row => row.State == RunState.Running
                ? row with { State = RunState.Failed, Error = "abandoned", FinishedAt = now }
                : row),
        ],
    };

    private ValueTask<bool> ChangeAsync(RunId runId, string owner, Func<RunRecord, RunRecord?> change)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(runId, out var entry) || !IsRunning(entry.Run, owner) || change(entry.Run) is not { } changed)
            {
                return new(false);
            }

            _runs[runId] = (changed, entry.LeaseUntil);
            return new(true);
        }
    }
}
