namespace Tracera.Sqlite;

/// <summary>Reads and writes rows of the ticks.</summary>
internal sealed class TickTable(SqliteSession session)
{
    private readonly SqliteStatement _insert = session.Statement(
        """
        INSERT INTO ticks (start, item, source, observed_at, received_after, price, volume) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT DO NOTHING
        """);

    private readonly SqliteStatement _find = session.Statement(
        "SELECT observed_at, received_after, price, volume FROM ticks WHERE start = ?1 AND item = ?2 AND source = ?3 AND observed_at = ?4");

    private readonly SqliteStatement _update = session.Statement(
        "UPDATE ticks SET received_after = ?5, price = ?6, volume = ?7 WHERE start = ?1 AND item = ?2 AND source = ?3 AND observed_at = ?4");

    private readonly SqliteStatement _range = session.Statement(
        """
        SELECT observed_at, received_after, price, volume FROM ticks
        WHERE start = ?1 AND item = ?2 AND source = ?3 AND observed_at >= ?4 AND observed_at < ?5
        """);

    private readonly SqliteStatement _count = session.Statement(
        "SELECT count(*) FROM ticks WHERE start = ?1 AND item = ?2 AND source = ?3 AND observed_at >= ?4 AND observed_at < ?5");

    /// <summary>Adds a row unless its key is taken.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Insert(in PriceTick tick) => Put(_insert, tick) == 1;

    public void Update(in PriceTick tick) => Put(_update, tick);

    public PriceTick? Find(SeriesKey series, long observedAt)
    {
        BindKey(_find, series, observedAt);
        PriceTick? tick = _find.Step() ? Read(_find, series) : null;
        _find.Reset();
        return tick;
    }

    /// <summary>Reads the ticks of a series within one chunk, the oldest first.</summary>
    public IEnumerable<PriceTick> Range(SeriesKey series, long from, long to)
    {
        BindKey(_range, series, from).Bind(5, to);
        while (_range.Step())
        {
            yield return Read(_range, series);
        }
    }

    /// <summary>Counts the ticks of a series in one bucket, over all its chunks.</summary>
    public long Count(SeriesKey series, long from, long to)
    {
        var total = 0L;
        for (var chunk = from; chunk < to; chunk += BarLevel.Minute15.WidthMicroseconds())
        {
            total += BindKey(_count, series, chunk).Bind(4, from).Bind(5, to).Scalar() ?? 0;
        }

        return total;
    }

    private static PriceTick Read(SqliteStatement row, SeriesKey series) => new(
        series.Item, series.Source, row.Decimal(2), row.DecimalOrNull(3), row.Int64(0), row.Int64(0) + row.Int64(1));

    private static SqliteStatement BindKey(SqliteStatement statement, SeriesKey series, long observedAt) => statement
        .Bind(1, Chunks.StartOf(observedAt)).Bind(2, series.Item.Value).Bind(3, series.Source.Value).Bind(4, observedAt);

    private static int Put(SqliteStatement statement, in PriceTick tick) => BindKey(statement, tick.Series, tick.ObservedAtMicroseconds)
        .Bind(5, tick.ReceivedAtMicroseconds - tick.ObservedAtMicroseconds)
        .Bind(6, (decimal?)tick.Price)
        .Bind(7, tick.Volume)
        .Execute();
}
