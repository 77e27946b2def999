namespace Tracera.Sqlite;

/// <summary>Brings the bars of every level up to the changes of a batch: one read and one write for each bucket that is touched.</summary>
internal sealed class BarWriter(SqliteSession session, SourceKinds kinds)
{
    private readonly BarTable _bars = new(session);
    private readonly BarFloors _floors = new(session);
    private readonly BarRebuild _rebuild = new(session);

    /// <summary>Applies changes that stand in the order (item, source, observed at).</summary>
    public void Apply(List<TickChange> changes, CancellationToken cancellationToken)
    {
        var deltas = Collect(changes);
        foreach (var level in BarLevels.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            deltas = level == BarLevel.Minute1 ? deltas : Widen(deltas, level);
            var floor = _floors.Of(level);
            foreach (var delta in deltas)
            {
                if (delta.Start / UnixTime.MicrosecondsPerSecond >= floor)
                {
                    Apply(level, delta, changes);
                }
            }
        }
    }

    private void Apply(BarLevel level, BarDelta delta, List<TickChange> changes)
    {
        var known = _bars.Find(level, delta.Start, delta.Series);
        if (known is null)
        {
            if (delta.Added is { } fresh)
            {
                _bars.Insert(level, delta.Series, fresh);
            }

            return;
        }

        var bar = delta.Added is { } added ? known.Merge(added, delta.Kind) : known;
        if (delta.HasCorrections)
        {
            bar = _rebuild.Read(level, delta, bar.Sums.Count) ?? Correct(bar, delta, changes);
        }

        _bars.Update(level, delta.Series, bar);
    }

    private static BarState Correct(BarState bar, BarDelta delta, List<TickChange> changes)
    {
        for (var i = delta.First; i <= delta.Last; i++)
        {
            bar = changes[i].IsCorrection ? bar.Correct(changes[i], delta.Kind) : bar;
        }

        return bar;
    }

    private static List<BarDelta> Widen(List<BarDelta> deltas, BarLevel level)
    {
        var wider = new List<BarDelta>(deltas.Count);
        foreach (var delta in deltas)
        {
            Add(wider, delta.Widen(level));
        }

        return wider;
    }

    private static void Add(List<BarDelta> deltas, BarDelta delta)
    {
        if (deltas.Count > 0 && deltas[^1].Series == delta.Series && deltas[^1].Start == delta.Start)
        {
            deltas[^1] = deltas[^1].Merge(delta);
        }
        else
        {
            deltas.Add(delta);
        }
    }

    private List<BarDelta> Collect(List<TickChange> changes)
    {
        var deltas = new List<BarDelta>(changes.Count);
        for (var i = 0; i < changes.Count; i++)
        {
            var tick = changes[i].Tick;
            var at = tick.ObservedAtMicroseconds;
            var added = changes[i].IsCorrection ? null : BarState.Of(BarLevel.Minute1, at, tick.Price, tick.Volume);
            Add(deltas, new BarDelta(tick.Series, kinds.Of(tick.Source), BarLevel.Minute1.Floor(at), added, changes[i].IsCorrection, i, i));
        }

        return deltas;
    }
}
