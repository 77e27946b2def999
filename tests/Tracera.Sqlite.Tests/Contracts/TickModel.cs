namespace Tracera.Sqlite.Tests;

/// <summary>The rules of the store in memory, plainly: one row a key, the later receipt wins; bars are recomputed from the rows.</summary>
internal sealed class TickModel(VolumeKind kind)
{
    private readonly SortedDictionary<long, PriceTick> _rows = [];

    public IEnumerable<PriceTick> Rows => _rows.Values;

    /// <summary>Takes a batch as one by one deliveries; a key that a batch holds more than once changes at most once.</summary>
    public WriteOutcome Write(IReadOnlyList<PriceTick> batch)
    {
        var before = new Dictionary<long, PriceTick>(_rows);
        foreach (var tick in batch)
        {
            var isKnown = _rows.TryGetValue(tick.ObservedAtMicroseconds, out var known);
            if (!isKnown || (tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds && (tick.Price != known.Price || tick.Volume != known.Volume)))
            {
                _rows[tick.ObservedAtMicroseconds] = tick;
            }
        }

        var written = _rows.Count - before.Count;
        var corrected = before.Count(pair => _rows[pair.Key] != pair.Value);
        return new WriteOutcome(written, batch.Count - written - corrected, corrected);
    }

    public List<Bar> Bars(BarLevel level) =>
        [.. _rows.Values.GroupBy(tick => level.Floor(tick.ObservedAtMicroseconds)).Select(group => BarOf(group.Key, [.. group]))];

    private Bar BarOf(long start, List<PriceTick> ticks)
    {
        var sums = ticks.Select(tick => BarSums.Of(tick.Price, tick.ObservedAtMicroseconds - start)).Aggregate((left, right) => left + right);
        var volumes = ticks.Where(tick => tick.Volume is not null).Select(tick => tick.Volume!.Value).ToList();
        decimal? volume = volumes.Count == 0 ? null : kind == VolumeKind.Traded ? volumes.Sum() : volumes[^1];
        return new Bar(
            start,
            ticks[0].Price,
            ticks.Max(tick => tick.Price),
            ticks.Min(tick => tick.Price),
            ticks[^1].Price,
            volume,
            sums.ToMoments(ticks[0].Price));
    }
}
