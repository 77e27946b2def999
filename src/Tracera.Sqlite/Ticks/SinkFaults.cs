using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tracera.Sqlite;

/// <summary>Tells by SQLite's error code whether writing again can help.</summary>
internal static class SinkFaults
{
    public static SinkException Of(SqliteException fault) => new(KindOf(fault.SqliteErrorCode), $"The store could not write: {fault.Message}", fault);

    private static SinkFailure KindOf(int code) => code switch
    {
        raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG => SinkFailure.Permanent,
        raw.SQLITE_ERROR or raw.SQLITE_SCHEMA or raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT or raw.SQLITE_READONLY
            or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_MISMATCH => SinkFailure.Misconfigured,
        _ => SinkFailure.Transient,
    };
}
