namespace Tracera.Live;

/// <summary>The newest tick of each series that was not taken yet, in the order in which the series changed first.</summary>
/// <remarks>Thread-safe, bounded by one tick a series. A tick that is not newer than the one before of its series is ignored, also when that was taken.</remarks>
internal sealed class ConflatedTicks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SeriesKey, Entry> _series = [];
    private readonly Queue<Entry> _changed = new();

    public void Offer(ReadOnlySpan<PriceTick> ticks)
    {
        lock (_gate)
        {
            foreach (ref readonly var tick in ticks)
            {
                Offer(tick);
            }
        }
    }

    /// <summary>Takes the tick that has waited longest.</summary>
    public bool TryTake(out PriceTick tick)
    {
        lock (_gate)
        {
            var isThere = _changed.TryDequeue(out var entry);
            tick = isThere ? entry!.Tick : default;
            if (isThere)
            {
                entry!.Waits = false;
            }

            return isThere;
        }
    }

    /// <summary>The series that wait, at most so many, the longest waiting first.</summary>
    public SeriesKey[] Peek(int count)
    {
        lock (_gate)
        {
            return [.. _changed.Take(count).Select(entry => entry.Tick.Series)];
        }
    }

    /// <summary>Lets a series be ignored from now on.</summary>
    public void Ignore(SeriesKey series)
    {
        lock (_gate)
        {
            _series[series].IsIgnored = true;
        }
    }

    private void Offer(in PriceTick tick)
    {
        if (!_series.TryGetValue(tick.Series, out var entry))
        {
            entry = new Entry();
            _series.Add(tick.Series, entry);
        }
        else if (entry.IsIgnored || !tick.IsNewerThan(entry.Tick))
        {
            return;
        }

        entry.Tick = tick;
        if (!entry.Waits)
        {
            entry.Waits = true;
            _changed.Enqueue(entry);
        }
    }

    private sealed class Entry
    {
        public PriceTick Tick { get; set; }

        public bool Waits { get; set; }

        public bool IsIgnored { get; set; }
    }
}
