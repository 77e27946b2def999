using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Reads runs.</summary>
internal static class RunReads
{
    private const string Columns = "id, run_trigger, state, owner, started_at, finished_at, error";

    /// <summary>The last run of the page before, by start and id.</summary>
    public static (long StartedAt, Guid Id)? After(PageRequest page)
    {
        if (Cursor.ReadPair(Cursor.Runs, page) is not { } pair)
        {
            return null;
        }

        return Guid.TryParseExact(pair.Second, "N", out var id) ? (pair.First, id) : throw Cursor.Bad(page);
    }

    public static RunRecord? Find(SqliteSession session, RunId runId) =>
        Read(session, session.Statement($"SELECT {Columns} FROM runs WHERE id = ?1").Bind(1, runId.Value)).FirstOrDefault();

    public static Page<RunRecord> List(SqliteSession session, RunQuery query, (long StartedAt, Guid Id)? after)
    {
        var rows = session.Statement(
            $"""
            SELECT {Columns} FROM runs
            WHERE (?1 IS NULL OR state = ?1)
              AND (?2 IS NULL OR EXISTS (SELECT 1 FROM run_providers WHERE run_id = runs.id AND provider = ?2))
              AND started_at >= ?3 AND started_at < ?4 AND (?5 IS NULL OR (started_at, id) < (?5, ?6))
            ORDER BY started_at DESC, id DESC LIMIT ?7
            """)
            .Bind(1, query.State is { } state ? (long)state : null)
            .Bind(2, query.Provider)
            .Bind(3, query.From is { } from ? BarPages.EndOf(from) : long.MinValue)
            .Bind(4, query.To is { } to ? BarPages.EndOf(to) : long.MaxValue)
            .Bind(5, after?.StartedAt)
            .Bind(6, after?.Id ?? Guid.Empty)
            .Bind(7, query.Page.Limit + 1L);
        return Cursor.Cut(
            Read(session, rows),
            query.Page,
            static last => Cursor.Write(Cursor.Runs, UnixTime.ToMicroseconds(last.StartedAt), last.Id.Value.ToString("N")));
    }

    private static List<RunRecord> Read(SqliteSession session, SqliteStatement rows)
    {
        var runs = new List<RunRecord>();
        while (rows.Step())
        {
            var id = new RunId(rows.Guid(0));
            runs.Add(new RunRecord(
                id,
                (RunTrigger)rows.Int32(1),
                (RunState)rows.Int32(2),
                rows.Text(3),
                UnixTime.FromMicroseconds(rows.Int64(4)),
                RunRows.Instant(rows.Int64OrNull(5)),
                rows.TextOrNull(6),
                RunRows.Of(session, id)));
        }

        return runs;
    }
}
