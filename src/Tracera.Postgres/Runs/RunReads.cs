using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Reads runs.</summary>
internal sealed class RunReads(PostgresDatabase database)
{
    private const string Columns = "id, run_trigger, state, owner, started_at, finished_at, error";

    private readonly string _find = database.Sql($"SELECT {Columns} FROM {{schema}}.run WHERE id = $1");

    private readonly string _list = database.Sql(
        $$"""
        SELECT {{Columns}} FROM {schema}.run
        WHERE ($1::smallint IS NULL OR state = $1)
          AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM {schema}.run_provider WHERE run_id = run.id AND provider = $2))
          AND ($3::timestamptz IS NULL OR started_at >= $3) AND ($4::timestamptz IS NULL OR started_at < $4)
          AND ($5::timestamptz IS NULL OR (started_at, id) < ($5, $6))
        ORDER BY started_at DESC, id DESC LIMIT $7
        """);

    private readonly string _rows = database.Sql(
        $"SELECT run_id, provider, {RunRows.Columns} FROM {{schema}}.run_provider WHERE run_id = ANY ($1) ORDER BY run_id, position");

    public async Task<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken)
    {
        var runs = await ReadAsync(_find, cancellationToken, runId.Value).ConfigureAwait(false);
        return runs.Count == 0 ? null : runs[0];
    }

    public async Task<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var after = After(query.Page);
        var runs = await ReadAsync(
            _list,
            cancellationToken,
            query.State is { } state ? (short)state : null,
            query.Provider,
            query.From,
            query.To,
            after?.StartedAt,
            after?.Id ?? Guid.Empty,
            query.Page.Limit + 1L).ConfigureAwait(false);
        return Cursor.Cut(
            runs, query.Page, static last => Cursor.Write(Cursor.Runs, UnixTime.ToMicroseconds(last.StartedAt), last.Id.Value.ToString("N")));
    }

    // The last run of the page before, by start and id.
    private static (DateTimeOffset StartedAt, Guid Id)? After(PageRequest page)
    {
        if (Cursor.ReadPair(Cursor.Runs, page) is not { } pair)
        {
            return null;
        }

        return Guid.TryParseExact(pair.Second, "N", out var id) ? (UnixTime.FromMicroseconds(pair.First), id) : throw Cursor.Bad(page);
    }

    private static RunRecord Read(NpgsqlDataReader row) => new(
        new RunId(row.GetGuid(0)),
        (RunTrigger)row.GetInt16(1),
        (RunState)row.GetInt16(2),
        row.GetString(3),
        row.Instant(4),
        row.InstantOrNull(5),
        row.TextOrNull(6),
        []);

    private async Task<List<RunRecord>> ReadAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        var runs = await database.QueryAsync(sql, Read, cancellationToken, values).ConfigureAwait(false);
        var rows = await database
            .QueryAsync(_rows, RunRows.Read, cancellationToken, runs.Select(static run => run.Id.Value).ToArray()).ConfigureAwait(false);
        var byRun = rows.ToLookup(static entry => entry.Run, static entry => entry.Row);
        return runs.ConvertAll(run => run with { Providers = [.. byRun[run.Id.Value]] });
    }
}
