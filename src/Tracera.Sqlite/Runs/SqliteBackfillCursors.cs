namespace Tracera.Sqlite;

/// <summary>Cursors of backfills in the store's file.</summary>
internal sealed class SqliteBackfillCursors(SqliteDatabase database) : IBackfillCursors
{
    public async ValueTask<DateTimeOffset> OpenAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        UnixTime.FromMicroseconds(await database.TransactAsync(
            session => Of(
                    session,
                    """
                    INSERT INTO backfills (provider, from_at, to_at, position) VALUES (?1, ?2, ?3, ?2)
                    ON CONFLICT DO UPDATE SET position = position RETURNING position
                    """,
                    provider,
                    from,
                    to)
                .Scalar() ?? UnixTime.ToMicroseconds(from),
            cancellationToken).ConfigureAwait(false));

    public async ValueTask MoveAsync(BackfillCursor cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        await database.TransactAsync(
            session => Of(
                    session,
                    "UPDATE backfills SET position = max(position, ?4) WHERE provider = ?1 AND from_at = ?2 AND to_at = ?3",
                    cursor.Provider,
                    cursor.From,
                    cursor.To)
                .Bind(4, UnixTime.ToMicroseconds(cursor.Position))
                .Execute(),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask CloseAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => await database.TransactAsync(
        session => Of(session, "DELETE FROM backfills WHERE provider = ?1 AND from_at = ?2 AND to_at = ?3", provider, from, to).Execute(),
        cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<BackfillCursor>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(Read, cancellationToken).ConfigureAwait(false);

    private static SqliteStatement Of(SqliteSession session, string sql, string provider, DateTimeOffset from, DateTimeOffset to) =>
        session.Statement(sql).Bind(1, provider).Bind(2, UnixTime.ToMicroseconds(from)).Bind(3, UnixTime.ToMicroseconds(to));

    private static List<BackfillCursor> Read(SqliteSession session)
    {
        var rows = session.Statement("SELECT provider, from_at, to_at, position FROM backfills ORDER BY provider, from_at, to_at");
        var cursors = new List<BackfillCursor>();
        while (rows.Step())
        {
            cursors.Add(new BackfillCursor(
                rows.Text(0), UnixTime.FromMicroseconds(rows.Int64(1)), UnixTime.FromMicroseconds(rows.Int64(2)), UnixTime.FromMicroseconds(rows.Int64(3))));
        }

        return cursors;
    }
}
