namespace Tracera.Sqlite;

/// <summary>Finds the latest ticks of items at an instant.</summary>
internal sealed class LatestTicks(SqliteSession session)
{
    private readonly SeriesTable _series = new(session);
    private readonly SqliteStatement _before = session.Statement(
        """
        SELECT observed_at, received_after, price, volume FROM ticks
        WHERE start = ?1 AND item = ?2 AND source = ?3 AND observed_at <= ?4 ORDER BY observed_at DESC LIMIT 1
        """);

    public List<PriceTick> Read(IReadOnlyList<ItemId> items, long now, CancellationToken cancellationToken)
    {
        var ticks = new List<PriceTick>(items.Count);
        foreach (var item in items.Distinct().Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var state in _series.OfItem(item))
            {
                if (Latest(state, now) is { } tick)
                {
                    ticks.Add(tick);
                }
            }
        }

        return ticks;
    }

    // A tick ahead of the clock is rare; then the ticks between the last settled one and now are looked through, the newest chunk first.
    private PriceTick? Latest(SeriesState state, long now)
    {
        if (state.Latest.ObservedAtMicroseconds <= now)
        {
            return state.Latest;
        }

        var settled = state.Settled is { } tick && tick.ObservedAtMicroseconds <= now ? state.Settled : null;
        var oldest = settled is { } known ? Chunks.StartOf(known.ObservedAtMicroseconds) : long.MinValue;
        foreach (var chunk in ChunksBetween(oldest, Chunks.StartOf(now)))
        {
            if (Before(state.Latest.Series, chunk, now) is { } found)
            {
                return found;
            }
        }

        return settled;
    }

    private List<long> ChunksBetween(long oldest, long newest)
    {
        var rows = session.Statement("SELECT start FROM chunks WHERE ticks > 0 AND start BETWEEN ?1 AND ?2 ORDER BY start DESC")
            .Bind(1, oldest).Bind(2, newest);
        var chunks = new List<long>();
        while (rows.Step())
        {
            chunks.Add(rows.Int64(0));
        }

        return chunks;
    }

    private PriceTick? Before(SeriesKey series, long chunk, long now)
    {
        _before.Bind(1, chunk).Bind(2, series.Item.Value).Bind(3, series.Source.Value).Bind(4, now);
        PriceTick? tick = _before.Step()
            ? new PriceTick(
                series.Item, series.Source, _before.Decimal(2), _before.DecimalOrNull(3), _before.Int64(0), _before.Int64(0) + _before.Int64(1))
            : null;
        _before.Reset();
        return tick;
    }
}
