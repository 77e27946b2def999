using System.Text.Json;
using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>The providers' rows of runs, as values of statements and as read.</summary>
internal static class RunRows
{
    public const string Columns =
        "state, started_at, finished_at, error, fetched, rejected, rejected_by, deduplicated, accepted, stored, corrected, dead_lettered";

    /// <summary>The values of <c>$1</c> (the run), <c>$2</c> (the provider) and the columns, <c>$3</c> to <c>$14</c>.</summary>
    public static object?[] Values(RunId runId, ProviderRunRecord row) =>
    [
        runId.Value,
        row.Provider,
        (short)row.State,
        row.StartedAt,
        row.FinishedAt,
        row.Error,
        row.Fetched,
        row.Rejected,
        JsonSerializer.Serialize(row.RejectedBy, RejectedByJson.Default.IReadOnlyDictionaryStringInt64),
        row.Deduplicated,
        row.Accepted,
        row.Stored,
        row.Corrected,
        row.DeadLettered,
    ];

    /// <summary>Reads a row whose columns begin with the run and the provider.</summary>
    public static (Guid Run, ProviderRunRecord Row) Read(NpgsqlDataReader row) => (
        row.GetGuid(0),
        new ProviderRunRecord(row.GetString(1), (RunState)row.GetInt16(2), row.Instant(3), row.InstantOrNull(4), row.TextOrNull(5))
        {
            Fetched = row.GetInt64(6),
            Rejected = row.GetInt64(7),
            RejectedBy = JsonSerializer.Deserialize(row.GetString(8), RejectedByJson.Default.IReadOnlyDictionaryStringInt64)!,
            Deduplicated = row.GetInt64(9),
            Accepted = row.GetInt64(10),
            Stored = row.GetInt64(11),
            Corrected = row.GetInt64(12),
            DeadLettered = row.GetInt64(13),
        });
}
