using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Keeps the runs in the store's file.</summary>
internal sealed class SqliteRunLog(SqliteDatabase database) : IRunLog
{
    public async ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => RunWrites.Start(session, run, leaseUntil), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => RunWrites.Update(session, runId, owner, row), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        if (state is not (RunState.Completed or RunState.Failed))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "A run ends Completed or Failed.");
        }

        return await database.TransactAsync(session => RunWrites.Finish(session, runId, owner, state, error, finishedAt), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => RunWrites.Heartbeat(session, owner, leaseUntil), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => RunWrites.FailAbandoned(session, owner, now), cancellationToken).ConfigureAwait(false);

    public async ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => RunReads.Find(session, runId), cancellationToken).ConfigureAwait(false);

    public async ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = RunReads.After(query.Page);
        return await database.ReadAsync(session => RunReads.List(session, query, after), cancellationToken).ConfigureAwait(false);
    }
}
