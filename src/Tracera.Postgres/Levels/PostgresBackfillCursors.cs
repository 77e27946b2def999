using Npgsql;

namespace Tracera.Postgres;

/// <summary>Cursors of backfills in the database.</summary>
internal sealed class PostgresBackfillCursors(PostgresDatabase database) : IBackfillCursors
{
    public async ValueTask<DateTimeOffset> OpenAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO {schema}.backfill AS b (provider, from_at, to_at, position) VALUES ($1, $2, $3, $2)
            ON CONFLICT (provider, from_at, to_at) DO UPDATE SET position = b.position RETURNING position
            """;
        var position = await RunAsync(Sql, cancellationToken, Key(provider, from, to)).ConfigureAwait(false);
        return position is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : from;
    }

    public async ValueTask MoveAsync(BackfillCursor cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        await RunAsync(
            "UPDATE {schema}.backfill SET position = greatest(position, $4) WHERE provider = $1 AND from_at = $2 AND to_at = $3",
            cancellationToken,
            [.. Key(cursor.Provider, cursor.From, cursor.To), PgTime.Parameter(cursor.Position)]).ConfigureAwait(false);
    }

    public async ValueTask CloseAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => await RunAsync(
        "DELETE FROM {schema}.backfill WHERE provider = $1 AND from_at = $2 AND to_at = $3", cancellationToken, Key(provider, from, to)).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<BackfillCursor>> ListAsync(CancellationToken cancellationToken)
    {
        var cursors = new List<BackfillCursor>();
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = database.Command(connection, "SELECT provider, from_at, to_at, position FROM {schema}.backfill ORDER BY provider, from_at, to_at");
            await using (command.ConfigureAwait(false))
            {
                var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (rows.ConfigureAwait(false))
                {
                    while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        cursors.Add(new BackfillCursor(rows.GetString(0), Instant(rows, 1), Instant(rows, 2), Instant(rows, 3)));
                    }
                }
            }
        }

        return cursors;
    }

    private static NpgsqlParameter[] Key(string provider, DateTimeOffset from, DateTimeOffset to) =>
        [new NpgsqlParameter<string> { TypedValue = provider }, PgTime.Parameter(from), PgTime.Parameter(to)];

    private static DateTimeOffset Instant(NpgsqlDataReader rows, int field) => new(rows.GetDateTime(field), TimeSpan.Zero);

    private async Task<object?> RunAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await database.ScalarAsync(connection, sql, cancellationToken, parameters).ConfigureAwait(false);
        }
    }
}
