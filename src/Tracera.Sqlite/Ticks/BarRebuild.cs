namespace Tracera.Sqlite;

/// <summary>Computes a bar anew: up to a chunk's width from the ticks, above that from the bars of the level below.</summary>
internal sealed class BarRebuild(SqliteSession session)
{
    private readonly BarTable _bars = new(session);
    private readonly TickTable _ticks = new(session);

    /// <summary>Computes a bar.</summary>
    /// <returns>The bar; null when not all of its ticks can be read any more.</returns>
    public BarState? Read(BarLevel level, BarDelta delta, long count)
    {
        var parts = level <= BarLevel.Minute15 ? FromTicks(level, delta) : FromBars(level, delta);
        BarState? bar = null;
        foreach (var part in parts)
        {
            bar = bar is null ? part : bar.Merge(part, delta.Kind);
        }

        return bar is not null && bar.Sums.Count == count ? bar : null;
    }

    private IEnumerable<BarState> FromTicks(BarLevel level, BarDelta delta) =>
        _ticks.Range(delta.Series, delta.Start, delta.Start + level.WidthMicroseconds())
            .Select(tick => BarState.Of(level, tick.ObservedAtMicroseconds, tick.Price, tick.Volume));

    private IEnumerable<BarState> FromBars(BarLevel level, BarDelta delta)
    {
        var below = level - 1;
        for (var start = delta.Start; start < delta.Start + level.WidthMicroseconds(); start += below.WidthMicroseconds())
        {
            if (_bars.Find(below, start, delta.Series) is { } bar)
            {
                yield return bar.Widen(level);
            }
        }
    }
}
