namespace Tracera.AspNetCore.Tests;

/// <summary>A run log in memory.</summary>
internal sealed class FakeRuns : IRunLog
{
    public List<RunRecord> Runs { get; } = [];

    public RunQuery? LastQuery { get; private set; }

    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Runs.Find(run => run.Id == runId));

    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        LastQuery = query;
        var rows = Runs
            .Where(run => query.State is null || run.State == query.State)
            .Where(run => query.Provider is null || run.Providers.Any(row => row.Provider == query.Provider))
            .OrderByDescending(run => run.StartedAt);
        return ValueTask.FromResult(FakeStore.Page(rows, query.Page));
    }

    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
