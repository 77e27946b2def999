using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Keeps dead letters in the store's file.</summary>
internal sealed class SqliteDeadLetterLog(SqliteDatabase database) : IDeadLetterLog
{
    public async ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => Add(session, letters), cancellationToken).ConfigureAwait(false);

    public async ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        Cursor.Limit(page);
        var before = Cursor.Read(Cursor.DeadLetters, page) ?? long.MaxValue;
        return await database.ReadAsync(session => List(session, page, before), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => Remove(session, ids), cancellationToken).ConfigureAwait(false);

    private static int Add(SqliteSession session, IReadOnlyList<DeadLetter> letters)
    {
        var add = session.Statement(
            """
            INSERT INTO dead_letters (sink, run_id, provider, item, source, price, volume, observed_at, received_at, reason, detail, refused_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING
            """);
        var added = 0;
        foreach (var letter in letters)
        {
            added += add.Bind(1, letter.Sink).Bind(2, letter.RunId.Value).Bind(3, letter.Provider)
                .Bind(4, letter.Tick.Item.Value).Bind(5, letter.Tick.Source.Value)
                .Bind(6, (decimal?)letter.Tick.Price).Bind(7, letter.Tick.Volume)
                .Bind(8, letter.Tick.ObservedAtMicroseconds).Bind(9, letter.Tick.ReceivedAtMicroseconds)
                .Bind(10, letter.Reason).Bind(11, letter.Detail).Bind(12, UnixTime.ToMicroseconds(letter.At))
                .Execute();
        }

        return added;
    }

    private static Page<DeadLetter> List(SqliteSession session, PageRequest page, long before)
    {
        var rows = session
            .Statement(
                """
                SELECT id, sink, run_id, provider, item, source, price, volume, observed_at, received_at, reason, detail, refused_at
                FROM dead_letters WHERE id < ?1 ORDER BY id DESC LIMIT ?2
                """)
            .Bind(1, before)
            .Bind(2, page.Limit + 1L);
        var letters = new List<DeadLetter>();
        while (rows.Step())
        {
            letters.Add(Read(rows));
        }

        return Cursor.Cut(letters, page, static last => Cursor.Write(Cursor.DeadLetters, last.Id));
    }

    private static DeadLetter Read(SqliteStatement row) => new(
        row.Int64(0),
        row.Text(1),
        new RunId(row.Guid(2)),
        row.Text(3),
        new PriceTick(new ItemId(row.Int32(4)), new SourceId(row.Int32(5)), row.Decimal(6), row.DecimalOrNull(7), row.Int64(8), row.Int64(9)),
        row.Text(10),
        row.TextOrNull(11),
        UnixTime.FromMicroseconds(row.Int64(12)));

    private static int Remove(SqliteSession session, IReadOnlyList<long> ids)
    {
        var remove = session.Statement("DELETE FROM dead_letters WHERE id = ?1");
        return ids.Sum(id => remove.Bind(1, id).Execute());
    }
}
