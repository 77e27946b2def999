using Npgsql;

namespace Tracera.Postgres;

/// <summary>Runs single statements over the pool. Parameters are <c>$1</c>, <c>$2</c>, …; null becomes NULL.</summary>
internal static class PostgresQueries
{
    public static async Task<int> ExecuteAsync(this PostgresDatabase database, string sql, CancellationToken cancellationToken, params object?[] values)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.ExecuteAsync(sql, cancellationToken, values).ConfigureAwait(false);
        }
    }

    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object?[] values)
    {
        var command = Command(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<List<T>> QueryAsync<T>(
        this PostgresDatabase database, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] values)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.QueryAsync(sql, read, cancellationToken, values).ConfigureAwait(false);
        }
    }

    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] values)
    {
        var answer = new List<T>();
        var command = Command(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    answer.Add(read(rows));
                }
            }
        }

        return answer;
    }

    /// <summary>A text column, or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row[column] as string;

    /// <summary>An instant.</summary>
    public static DateTimeOffset Instant(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    /// <summary>An instant, or null.</summary>
    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader row, int column) =>
        row[column] is DateTime instant ? new DateTimeOffset(instant) : null;

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = Stored(value) });
        }

        return command;
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.UtcDateTime,
        string text => StoreText.Of(text),
        _ => value,
    };
}
