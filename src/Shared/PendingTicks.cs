namespace Tracera.Shared;

/// <summary>Ticks ahead of the clock, until their time has come. Not thread-safe.</summary>
/// <param name="capacity">How many there is room for.</param>
internal sealed class PendingTicks(int capacity)
{
    private readonly Dictionary<(SeriesKey Series, long ObservedAt), PriceTick> _ticks = [];
    private readonly PriorityQueue<(SeriesKey Series, long ObservedAt), long> _due = new();

    public int Count => _ticks.Count;

    /// <summary>When the first of them is due, in microseconds since 1970; null when there is none.</summary>
    public long? NextDue => _due.TryPeek(out _, out var due) ? due : null;

    public TickFate Offer(in PriceTick tick)
    {
        var key = (tick.Series, tick.ObservedAtMicroseconds);
        if (_ticks.TryGetValue(key, out var known))
        {
            var fate = TickFates.Compare(known, tick);
            if (fate == TickFate.Corrected)
            {
                _ticks[key] = tick;
            }

            return fate;
        }

        if (_ticks.Count >= capacity)
        {
            return TickFate.Refused;
        }

        _ticks.Add(key, tick);
        _due.Enqueue(key, tick.ObservedAtMicroseconds);
        return TickFate.Latest;
    }

    /// <summary>Takes out the next tick whose time has come.</summary>
    public bool TryTakeDue(long now, out PriceTick tick)
    {
        tick = default;
        return _due.TryPeek(out _, out var due) && due <= now && _ticks.Remove(_due.Dequeue(), out tick);
    }
}
