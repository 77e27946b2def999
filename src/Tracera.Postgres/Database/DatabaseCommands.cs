using Npgsql;

namespace Tracera.Postgres;

/// <summary>Runs single statements.</summary>
internal static class DatabaseCommands
{
    public static NpgsqlCommand Command(this PostgresDatabase database, NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(database.Sql(sql), connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>Runs a statement and gives its first value.</summary>
    public static async Task<object?> ScalarAsync(
        this PostgresDatabase database, NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = database.Command(connection, sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement that does not wait for locks, and disposes it.</summary>
    /// <returns>Whether its first value is true; false too where somebody reads or writes the same, so that a later round tries again.</returns>
    public static async Task<bool> TryAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await using (command.ConfigureAwait(false))
            {
                return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>Runs a statement and gives the number of rows that it changed.</summary>
    public static async Task<int> ExecuteAsync(
        this PostgresDatabase database, NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = database.Command(connection, sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
