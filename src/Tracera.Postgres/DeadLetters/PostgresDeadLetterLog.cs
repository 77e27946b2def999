using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Keeps dead letters in the database.</summary>
internal sealed class PostgresDeadLetterLog(PostgresDatabase database) : IDeadLetterLog
{
    private readonly string _add = database.Sql(DeadLetterSql.Add);

    private readonly string _list = database.Sql(
        """
        SELECT id, sink, run_id, provider, item_id, source_id, price, volume, observed_at, received_at, sqlstate, detail, refused_at
        FROM {schema}.dead_letter WHERE id < $1 ORDER BY id DESC LIMIT $2
        """);

    private readonly string _remove = database.Sql("DELETE FROM {schema}.dead_letter WHERE id = ANY ($1)");

    public async ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letters);
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                foreach (var letter in letters)
                {
                    await connection.ExecuteAsync(_add, cancellationToken, DeadLetterSql.Values(letter)).ConfigureAwait(false);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        Cursor.Limit(page);
        var before = Cursor.Read(Cursor.DeadLetters, page) ?? long.MaxValue;
        var letters = await database.QueryAsync(_list, Read, cancellationToken, before, page.Limit + 1L).ConfigureAwait(false);
        return Cursor.Cut(letters, page, static last => Cursor.Write(Cursor.DeadLetters, last.Id));
    }

    public async ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(_remove, cancellationToken, ids.ToArray()).ConfigureAwait(false);

    private static DeadLetter Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        new RunId(row.GetGuid(2)),
        row.GetString(3),
        new PriceTick(
            new ItemId(row.GetInt32(4)),
            new SourceId(row.GetInt32(5)),
            row.GetDecimal(6),
            row[7] as decimal?,
            UnixTime.ToMicroseconds(row.Instant(8)),
            UnixTime.ToMicroseconds(row.Instant(9))),
        row.GetString(10),
        row.TextOrNull(11),
        row.Instant(12));
}
