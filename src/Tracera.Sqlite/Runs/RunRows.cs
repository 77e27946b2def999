using System.Text.Json;
using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Reads and writes the providers' rows of runs.</summary>
internal static class RunRows
{
    private const string Columns =
        "state, started_at, finished_at, error, fetched, rejected, rejected_by, deduplicated, accepted, stored, corrected, dead_lettered";

    public static void Add(SqliteSession session, RunId runId, int position, ProviderRunRecord row) => Bind(
            session.Statement(
                $"""
                INSERT INTO run_providers (run_id, provider, {Columns}, position)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT DO NOTHING
                """),
            runId,
            row)
        .Bind(15, position)
        .Execute();

    // A row that has ended stays as it ended; the same end may be said again.
    public static bool Update(SqliteSession session, RunId runId, ProviderRunRecord row) => Bind(
            session.Statement(
                $"""
                UPDATE run_providers SET ({Columns}) = (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                WHERE run_id = ?1 AND provider = ?2 AND state IN (0, ?3)
                """),
            runId,
            row)
        .Execute() == 1;

    public static List<ProviderRunRecord> Of(SqliteSession session, RunId runId)
    {
        var rows = session.Statement($"SELECT provider, {Columns} FROM run_providers WHERE run_id = ?1 ORDER BY position").Bind(1, runId.Value);
        var records = new List<ProviderRunRecord>();
        while (rows.Step())
        {
            records.Add(Read(rows));
        }

        return records;
    }

    public static DateTimeOffset? Instant(long? microseconds) => microseconds is { } known ? UnixTime.FromMicroseconds(known) : null;

    private static SqliteStatement Bind(SqliteStatement statement, RunId runId, ProviderRunRecord row) => statement
        .Bind(1, runId.Value)
        .Bind(2, row.Provider)
        .Bind(3, (long)row.State)
        .Bind(4, UnixTime.ToMicroseconds(row.StartedAt))
        .Bind(5, row.FinishedAt is { } end ? UnixTime.ToMicroseconds(end) : null)
        .Bind(6, row.Error)
        .Bind(7, row.Fetched)
        .Bind(8, row.Rejected)
        .Bind(9, JsonSerializer.Serialize(row.RejectedBy, RejectedByJson.Default.IReadOnlyDictionaryStringInt64))
        .Bind(10, row.Deduplicated)
        .Bind(11, row.Accepted)
        .Bind(12, row.Stored)
        .Bind(13, row.Corrected)
        .Bind(14, row.DeadLettered);

    private static ProviderRunRecord Read(SqliteStatement row) => new(
        row.Text(0), (RunState)row.Int32(1), UnixTime.FromMicroseconds(row.Int64(2)), Instant(row.Int64OrNull(3)), row.TextOrNull(4))
    {
        Fetched = row.Int64(5),
        Rejected = row.Int64(6),
        RejectedBy = JsonSerializer.Deserialize(row.Text(7), RejectedByJson.Default.IReadOnlyDictionaryStringInt64)!,
        Deduplicated = row.Int64(8),
        Accepted = row.Int64(9),
        Stored = row.Int64(10),
        Corrected = row.Int64(11),
        DeadLettered = row.Int64(12),
    };
}
