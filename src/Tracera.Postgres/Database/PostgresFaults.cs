using System.Net.Sockets;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Tells by SQLSTATE (PostgreSQL manual, appendix A) whether trying again can help.</summary>
internal static class PostgresFaults
{
    /// <summary>Whether an exception came from the server or from the way to it.</summary>
    public static bool IsFault(Exception fault) =>
        fault is NpgsqlException or MigrationException or TimeoutException or IOException or SocketException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Whether the server refused a row because no partition takes it.</summary>
    public static bool IsPartitionMissing(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null or "" };

    public static SinkException Sink(Exception fault) => new(KindOf(fault), $"The store could not write: {fault.Message}", fault);

    public static CatalogUnavailableException Catalog(string what, Exception fault) => new($"The store could not {what}: {fault.Message}", fault);

    public static SinkFailure KindOf(Exception fault) => fault switch
    {
        PostgresException known when IsPartitionMissing(known) => SinkFailure.Transient,
        PostgresException known => KindOf(known.SqlState),
        MigrationException => SinkFailure.Misconfigured,
        NpgsqlException { InnerException: { } inner } when inner is PostgresException or MigrationException => KindOf(inner),
        _ => SinkFailure.Transient,
    };

    // 22 data, 23 integrity, 44 check option, 54 limits such as that of an index's key: the rows. 42 names and rights, 3D and 3F missing
    // database or schema, 28 sign-in, 0A and F0 what the server cannot do: how it is set up. Connection (08), resources (53), intervention
    // (57), system (58), rollback (40), locks (55) and whatever is not known: it may be over the next time.
    public static SinkFailure KindOf(string state) => state.AsSpan(0, Math.Min(2, state.Length)) switch
    {
        "22" or "23" or "44" or "54" => SinkFailure.Permanent,
        "42" or "3D" or "3F" or "28" or "0A" or "F0" => SinkFailure.Misconfigured,
        _ => SinkFailure.Transient,
    };
}
