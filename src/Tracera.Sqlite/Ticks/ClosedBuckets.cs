namespace Tracera.Sqlite;

/// <summary>Tells whether a tick belongs to a bucket whose ticks are summed up and gone, so that nobody can say if the tick is already in the sum.</summary>
/// <remarks>Such a tick counts as known: a price may be missing from an old bar rather than stand in it twice. Only history that is asked for again gets here.</remarks>
internal sealed class ClosedBuckets(SqliteSession session)
{
    private readonly BarTable _bars = new(session);
    private readonly BarFloors _floors = new(session);

    public bool Holds(TickTable ticks, in PriceTick tick)
    {
        foreach (var level in BarLevels.All)
        {
            var start = level.Floor(tick.ObservedAtMicroseconds);
            if (start / UnixTime.MicrosecondsPerSecond < _floors.Of(level))
            {
                continue;
            }

            // The narrowest level that is kept so far back decides: its bar has summed up every tick that there was.
            return _bars.Find(level, start, tick.Series) is { } bar
                && ticks.Count(tick.Series, start, start + level.WidthMicroseconds()) < bar.Sums.Count;
        }

        return false;
    }
}
