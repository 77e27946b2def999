namespace Tracera.Sqlite;

/// <summary>Keeps the latest tick of each series.</summary>
internal sealed class SeriesWriter(SqliteSession session, long now)
{
    private readonly SeriesTable _series = new(session);

    /// <summary>Applies changes that stand in the order of their series.</summary>
    public void Apply(List<TickChange> changes)
    {
        for (var first = 0; first < changes.Count;)
        {
            var end = first + 1;
            while (end < changes.Count && changes[end].Tick.Series == changes[first].Tick.Series)
            {
                end++;
            }

            Apply(changes[first].Tick.Series, changes.GetRange(first, end - first));
            first = end;
        }
    }

    private static PriceTick? Newer(PriceTick? known, in PriceTick tick) =>
        known is not { } old || tick.IsNewerThan(old) ? tick : known;

    private void Apply(SeriesKey series, List<TickChange> changes)
    {
        var known = _series.Find(series);
        var (latest, settled, received) = (known?.Latest, known?.Settled, known?.LastReceivedAt ?? long.MinValue);
        settled = latest is { } last && last.ObservedAtMicroseconds <= now ? last : settled;
        foreach (var change in changes)
        {
            latest = Newer(latest, change.Tick);
            settled = change.Tick.ObservedAtMicroseconds <= now ? Newer(settled, change.Tick) : settled;
            received = Math.Max(received, change.Tick.ReceivedAtMicroseconds);
        }

        var isAhead = latest!.Value.ObservedAtMicroseconds > now;
        _series.Put(series, new SeriesState(latest.Value, isAhead ? settled : null, received));
    }
}
