namespace Tracera.Sqlite;

/// <summary>Reads and writes rows of the bars.</summary>
internal sealed class BarTable(SqliteSession session)
{
    private const string Columns = "count, open, high, low, close, open_at, close_at, volume, volume_at, sums";
    private readonly SqliteStatement _find = session.Statement(
        $"SELECT {Columns} FROM bars WHERE level = ?1 AND start = ?2 AND item = ?3 AND source = ?4");

    private readonly SqliteStatement _scan = session.Statement(
        $"SELECT {Columns}, item, source FROM bars WHERE level = ?1 AND start = ?2 AND item BETWEEN ?3 AND ?4");

    public BarState? Find(BarLevel level, long start, SeriesKey series)
    {
        Bind(_find, level, start, series);
        var bar = _find.Step() ? Read(_find, start) : null;
        _find.Reset();
        return bar;
    }

    /// <summary>Reads the bars of one bucket whose items lie in a range of ids.</summary>
    public IEnumerable<(SeriesKey Series, BarState Bar)> Scan(BarLevel level, long start, ItemId first, ItemId last)
    {
        _scan.Bind(1, (long)level).Bind(2, Seconds(start)).Bind(3, first.Value).Bind(4, last.Value);
        while (_scan.Step())
        {
            yield return (new SeriesKey(new ItemId(_scan.Int32(10)), new SourceId(_scan.Int32(11))), Read(_scan, start));
        }
    }

    public void Insert(BarLevel level, SeriesKey series, BarState bar) => Put(
        session.Statement(
            $"INSERT INTO bars (level, start, item, source, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"),
        level,
        series,
        bar);

    public void Update(BarLevel level, SeriesKey series, BarState bar) => Put(
        session.Statement(
            """
            UPDATE bars SET count = ?5, open = ?6, high = ?7, low = ?8, close = ?9, open_at = ?10, close_at = ?11, volume = ?12, volume_at = ?13, sums = ?14
            WHERE level = ?1 AND start = ?2 AND item = ?3 AND source = ?4
            """),
        level,
        series,
        bar);

    private static long Seconds(long microseconds) => microseconds / UnixTime.MicrosecondsPerSecond;

    private static SqliteStatement Bind(SqliteStatement statement, BarLevel level, long start, SeriesKey series) => statement
        .Bind(1, (long)level).Bind(2, Seconds(start)).Bind(3, series.Item.Value).Bind(4, series.Source.Value);

    private static decimal? Unless(decimal value, decimal same) => value == same ? null : value;

    private static long? Unless(long value, long same) => value == same ? null : value;

    private static void Put(SqliteStatement statement, BarLevel level, SeriesKey series, BarState bar)
    {
        Bind(statement, level, bar.Start, series)
            .Bind(5, bar.Sums.Count)
            .Bind(6, (decimal?)bar.Open)
            .Bind(7, Unless(bar.High, bar.Open))
            .Bind(8, Unless(bar.Low, bar.Open))
            .Bind(9, Unless(bar.Close, bar.Open))
            .Bind(10, bar.OpenAt - bar.Start)
            .Bind(11, Unless(bar.CloseAt - bar.Start, bar.OpenAt - bar.Start))
            .Bind(12, bar.Volume)
            .Bind(13, bar.Volume is null ? null : Unless(bar.VolumeAt - bar.Start, bar.CloseAt - bar.Start));
        Span<byte> sums = stackalloc byte[SumsCodec.MaxLength];
        if (bar.Sums.Count == 1)
        {
            statement.BindNull(14);
        }
        else
        {
            statement.Bind(14, sums[..SumsCodec.Write(bar.Sums, sums)]);
        }

        statement.Execute();
    }

    private static BarState Read(SqliteStatement row, long start)
    {
        var (count, open, openAt) = (row.Int64(0), row.Decimal(1), row.Int64(5));
        var closeAt = row.Int64OrNull(6) ?? openAt;
        return new BarState(
            start,
            open,
            row.DecimalOrNull(2) ?? open,
            row.DecimalOrNull(3) ?? open,
            row.DecimalOrNull(4) ?? open,
            start + openAt,
            start + closeAt,
            row.DecimalOrNull(7),
            start + (row.Int64OrNull(8) ?? closeAt),
            row.IsNull(9) ? BarSums.Of(open, openAt) : SumsCodec.Read(count, row.Blob(9)));
    }
}
