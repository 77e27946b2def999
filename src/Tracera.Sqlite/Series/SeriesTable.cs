namespace Tracera.Sqlite;

/// <summary>Reads and writes the latest ticks of series.</summary>
internal sealed class SeriesTable(SqliteSession session)
{
    private const string Columns =
        "source, observed_at, received_at, price, volume, settled_observed_at, settled_received_at, settled_price, settled_volume, last_received_at";

    private readonly SqliteStatement _find = session.Statement($"SELECT {Columns} FROM series WHERE item = ?1 AND source = ?2");
    private readonly SqliteStatement _ofItem = session.Statement($"SELECT {Columns} FROM series WHERE item = ?1 ORDER BY source");

    public SeriesState? Find(SeriesKey series)
    {
        SeriesState? state = _find.Bind(1, series.Item.Value).Bind(2, series.Source.Value).Step() ? Read(_find, series.Item) : null;
        _find.Reset();
        return state;
    }

    /// <summary>Reads every series of an item in the order of the sources.</summary>
    public IEnumerable<SeriesState> OfItem(ItemId item)
    {
        _ofItem.Bind(1, item.Value);
        while (_ofItem.Step())
        {
            yield return Read(_ofItem, item);
        }
    }

    /// <summary>Reads which series had a receipt since an instant, ordered by item and source.</summary>
    public List<SeriesKey> ReceivedSince(long since)
    {
        var rows = session.Statement("SELECT item, source FROM series WHERE last_received_at >= ?1 ORDER BY item, source").Bind(1, since);
        var series = new List<SeriesKey>();
        while (rows.Step())
        {
            series.Add(new SeriesKey(new ItemId(rows.Int32(0)), new SourceId(rows.Int32(1))));
        }

        return series;
    }

    public void Put(SeriesKey series, SeriesState state) => session
        .Statement($"INSERT OR REPLACE INTO series (item, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
        .Bind(1, series.Item.Value)
        .Bind(2, series.Source.Value)
        .Bind(3, state.Latest.ObservedAtMicroseconds)
        .Bind(4, state.Latest.ReceivedAtMicroseconds)
        .Bind(5, (decimal?)state.Latest.Price)
        .Bind(6, state.Latest.Volume)
        .Bind(7, state.Settled?.ObservedAtMicroseconds)
        .Bind(8, state.Settled?.ReceivedAtMicroseconds)
        .Bind(9, state.Settled?.Price)
        .Bind(10, state.Settled?.Volume)
        .Bind(11, state.LastReceivedAt)
        .Execute();

    private static SeriesState Read(SqliteStatement row, ItemId item)
    {
        var source = new SourceId(row.Int32(0));
        return new SeriesState(
            new PriceTick(item, source, row.Decimal(3), row.DecimalOrNull(4), row.Int64(1), row.Int64(2)),
            row.IsNull(5) ? null : new PriceTick(item, source, row.Decimal(7), row.DecimalOrNull(8), row.Int64(5), row.Int64(6)),
            row.Int64(9));
    }
}
