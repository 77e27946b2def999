namespace Tracera.Testing.Tests;

/// <summary>A run log with calls that a test bends; without, the inner one's.</summary>
internal sealed class BentRuns(IRunLog inner) : IRunLog
{
    public Func<ProviderRunRecord, ProviderRunRecord> Row { get; init; } = row => row;

    public bool ForgetsOwners { get; init; }

    public bool AlwaysEnds { get; init; }

    public bool ForgetsHeartbeats { get; init; }

    public Func<RunQuery, RunQuery> Query { get; init; } = query => query;

    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => inner.StartAsync(run, leaseUntil, cancellationToken);

    public async ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) =>
        await inner.UpdateAsync(runId, await OwnerAsync(runId, owner), Row(row), cancellationToken);

    public async ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken) =>
        await inner.FinishAsync(runId, await OwnerAsync(runId, owner), state, error, finishedAt, cancellationToken) || AlwaysEnds;

    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        ForgetsHeartbeats ? ValueTask.CompletedTask : inner.HeartbeatAsync(owner, leaseUntil, cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.FailAbandonedAsync(owner, now, cancellationToken);

    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) => inner.FindAsync(runId, cancellationToken);

    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken) => inner.ListAsync(Query(query), cancellationToken);

    private async Task<string> OwnerAsync(RunId runId, string owner) => ForgetsOwners ? (await inner.FindAsync(runId, default))!.Owner : owner;
}
