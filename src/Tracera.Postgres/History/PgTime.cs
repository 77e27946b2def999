using Npgsql;
using NpgsqlTypes;

namespace Tracera.Postgres;

/// <summary>Instants as parameters.</summary>
internal static class PgTime
{
    public static NpgsqlParameter<DateTime> Parameter(DateTimeOffset instant) =>
        new() { TypedValue = instant.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter<DateTime> Parameter(long microseconds) => Parameter(UnixTime.FromMicroseconds(microseconds));

    public static NpgsqlParameter<DateTime[]> Parameter(IEnumerable<DateTime> instants) =>
        new() { TypedValue = [.. instants], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}
