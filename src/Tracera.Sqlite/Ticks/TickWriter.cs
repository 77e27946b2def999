namespace Tracera.Sqlite;

/// <summary>Writes the ticks of a batch and tells what changed.</summary>
internal sealed class TickWriter(SqliteSession session, long now)
{
    private const int TicksPerCheck = 256;
    private readonly TickTable _ticks = new(session);
    private readonly Chunks _chunks = new(session);
    private readonly ClosedBuckets _closed = new(session);
    private readonly List<TickChange> _changes = [];

    /// <summary>How many ticks were not written because their bucket is closed.</summary>
    public int Closed { get; private set; }

    /// <summary>Writes folded ticks, which stand in the order of their chunks.</summary>
    /// <returns>The rows that are new or corrected.</returns>
    public List<TickChange> Write(List<PriceTick> ticks, CancellationToken cancellationToken)
    {
        var (chunk, isRemoved, added) = (long.MinValue, false, 0);
        for (var i = 0; i < ticks.Count; i++)
        {
            if (i % TicksPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var start = Chunks.StartOf(ticks[i].ObservedAtMicroseconds);
            if (start != chunk)
            {
                Touch(chunk, added);
                (chunk, isRemoved, added) = (start, _chunks.IsRemoved(start), 0);
            }

            added += WriteOne(ticks[i], isRemoved);
        }

        Touch(chunk, added);
        return _changes;
    }

    private int WriteOne(in PriceTick tick, bool isRemoved)
    {
        if (isRemoved && _ticks.Find(tick.Series, tick.ObservedAtMicroseconds) is null && _closed.Holds(_ticks, tick))
        {
            Closed++;
            return 0;
        }

        if (_ticks.Insert(tick))
        {
            _changes.Add(new TickChange(tick, null));
            return 1;
        }

        var known = _ticks.Find(tick.Series, tick.ObservedAtMicroseconds)!.Value;
        if (BatchFold.Replaces(tick, known))
        {
            _ticks.Update(tick);
            _changes.Add(new TickChange(tick, (known.Price, known.Volume)));
        }

        return 0;
    }

    private void Touch(long chunk, int added)
    {
        if (added > 0)
        {
            _chunks.Touch(chunk, added, now);
        }
    }
}
