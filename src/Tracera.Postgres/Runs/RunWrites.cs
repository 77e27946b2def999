using Npgsql;

namespace Tracera.Postgres;

/// <summary>The changes of runs, each fenced by the owner and by the run's state, each one statement or one transaction.</summary>
internal sealed class RunWrites(PostgresDatabase database)
{
    private const string Abandoned = "Abandoned: the host that ran it is gone.";
    private const string Unfinished = "The run ended before this part did.";

    private readonly string _start = database.Sql(
        """
        INSERT INTO {schema}.run (id, run_trigger, state, owner, started_at, lease_until) VALUES ($1, $2, 0, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """);

    private readonly string _add = database.Sql(
        $$"""
        INSERT INTO {schema}.run_provider (run_id, provider, {{RunRows.Columns}}, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING
        """);

    // A row that has ended stays as it ended; the same end may be said again. The run is held still meanwhile.
    private readonly string _update = database.Sql(
        $$"""
        WITH running AS (SELECT id FROM {schema}.run WHERE id = $1 AND owner = $15 AND state = 0 FOR SHARE)
        UPDATE {schema}.run_provider SET ({{RunRows.Columns}}) = ROW ($3, $4, $5::timestamptz, $6::text, $7, $8, $9, $10, $11, $12, $13, $14)
        FROM running WHERE run_id = running.id AND provider = $2 AND state IN (0, $3)
        """);

    private readonly string _finish = database.Sql(
        """
        WITH ended AS (
            UPDATE {schema}.run SET state = $3, error = $4::text, finished_at = $5, lease_until = NULL
            WHERE id = $1 AND owner = $2 AND state = 0 RETURNING id),
        parts AS (
            UPDATE {schema}.run_provider SET state = 2, error = coalesce(error, $6), finished_at = $5
            FROM ended WHERE run_id = ended.id AND state = 0)
        SELECT id FROM ended
        """);

    private readonly string _abandon = database.Sql(
        """
        WITH ended AS (
            UPDATE {schema}.run SET state = 2, error = $3, finished_at = $2, lease_until = NULL
            WHERE state = 0 AND owner <> $1 AND lease_until <= $2 RETURNING id),
        parts AS (
            UPDATE {schema}.run_provider SET state = 2, error = coalesce(error, $3), finished_at = $2
            FROM ended WHERE run_id = ended.id AND state = 0)
        SELECT id FROM ended ORDER BY id
        """);

    private readonly string _heartbeat = database.Sql("UPDATE {schema}.run SET lease_until = $2 WHERE owner = $1 AND state = 0");

    public async Task StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await StartAsync(connection, run, leaseUntil, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(_update, cancellationToken, [.. RunRows.Values(runId, row), owner]).ConfigureAwait(false) == 1;

    public async Task<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        var ended = await database
            .QueryAsync(_finish, Id, cancellationToken, runId.Value, owner, (short)state, error, finishedAt, Unfinished).ConfigureAwait(false);
        return ended.Count == 1;
    }

    public Task HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        database.ExecuteAsync(_heartbeat, cancellationToken, owner, leaseUntil);

    public Task<List<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.QueryAsync(_abandon, Id, cancellationToken, owner, now, Abandoned);

    private async Task StartAsync(NpgsqlConnection connection, RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        var added = await connection
            .ExecuteAsync(_start, cancellationToken, run.Id.Value, (short)run.Trigger, run.Owner, run.StartedAt, leaseUntil).ConfigureAwait(false);
        for (var i = 0; added == 1 && i < run.Providers.Count; i++)
        {
            await connection.ExecuteAsync(_add, cancellationToken, [.. RunRows.Values(run.Id, run.Providers[i]), i]).ConfigureAwait(false);
        }
    }

    private static RunId Id(NpgsqlDataReader row) => new(row.GetGuid(0));
}
