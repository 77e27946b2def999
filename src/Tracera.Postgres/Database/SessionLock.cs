using System.Data;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>An advisory lock of a connection, for work of which some statements cannot be part of a transaction.</summary>
internal static class SessionLock
{
    /// <summary>Does the work unless another connection does it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="connection">The connection, which keeps the lock until the work has ended, or with its own end.</param>
    /// <param name="name">What is locked, in the schema.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends the wait for the server's answer.</param>
    /// <returns>False, when another has the lock.</returns>
    public static async Task<bool> TryRunAsync(
        PostgresDatabase database, NpgsqlConnection connection, string name, Func<Task> work, CancellationToken cancellationToken)
    {
        var key = $"(hashtextextended('tracera/{{schema}}.{name}', 0))";
        if (await database.ScalarAsync(connection, "SELECT pg_try_advisory_lock" + key, cancellationToken).ConfigureAwait(false) is not true)
        {
            return false;
        }

        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        finally
        {
            if (connection.State == ConnectionState.Open)
            {
                await database.ScalarAsync(connection, "SELECT pg_advisory_unlock" + key, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
