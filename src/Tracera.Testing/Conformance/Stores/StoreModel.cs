namespace Tracera.Testing;

/// <summary>The rules of one series, plainly: one row a key, the later receipt of another price or volume wins; bars are recomputed from the rows.</summary>
internal sealed class StoreModel(VolumeKind kind)
{
    private readonly SortedDictionary<long, PriceTick> _rows = [];

    public IEnumerable<PriceTick> Rows => _rows.Values;

    /// <summary>Takes a batch and says how many rows are new.</summary>
    public int Write(IEnumerable<PriceTick> batch)
    {
        var before = _rows.Count;
        foreach (var tick in batch)
        {
            if (!_rows.TryGetValue(tick.ObservedAtMicroseconds, out var known) || Replaces(tick, known))
            {
                _rows[tick.ObservedAtMicroseconds] = tick;
            }
        }

        return _rows.Count - before;
    }

    public IEnumerable<Bar> Bars(BarLevel level) =>
        _rows.Values.GroupBy(tick => level.Floor(tick.ObservedAtMicroseconds)).Select(group => InMemoryBars.Of(group.Key, [.. group], kind));

    private static bool Replaces(PriceTick tick, PriceTick known) =>
        tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds && (tick.Price != known.Price || tick.Volume != known.Volume);
}
