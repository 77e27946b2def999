using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Keeps the runs in the database.</summary>
internal sealed class PostgresRunLog(PostgresDatabase database) : IRunLog
{
    private readonly RunWrites _writes = new(database);
    private readonly RunReads _reads = new(database);

    public async ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        await _writes.StartAsync(run, leaseUntil, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return await _writes.UpdateAsync(runId, owner, row, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        if (state is not (RunState.Completed or RunState.Failed))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "A run ends Completed or Failed.");
        }

        return await _writes.FinishAsync(runId, owner, state, error, finishedAt, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        await _writes.HeartbeatAsync(owner, leaseUntil, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        await _writes.FailAbandonedAsync(owner, now, cancellationToken).ConfigureAwait(false);

    public async ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) =>
        await _reads.FindAsync(runId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        return await _reads.ListAsync(query, cancellationToken).ConfigureAwait(false);
    }
}
