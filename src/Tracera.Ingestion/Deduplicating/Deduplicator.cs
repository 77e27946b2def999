namespace Tracera.Ingestion;

/// <summary>Holds back the ticks of one provider that say nothing new.</summary>
/// <remarks>
/// Called by one cycle at a time; <see cref="Forget"/> may be called from any thread. What it remembers across cycles it forgets whenever ticks of the provider
/// were lost or refused downstream, so that a price which never reached the store is not taken for stored.
/// </remarks>
internal sealed class Deduplicator(IngestionOptions options)
{
    private readonly GenerationCache<TickKey, Kept, OwnEquality<TickKey>> _cycle = new(options.MaxTrackedSeries);
    private readonly GenerationCache<SeriesKey, Kept, OwnEquality<SeriesKey>> _series = new(options.MaxTrackedSeries);
    private readonly long _heartbeat = options.Heartbeat.Ticks / TimeSpan.TicksPerMicrosecond;
    private bool _comparesSeries;
    private int _forget;

    /// <summary>A new cycle begins.</summary>
    public void BeginCycle(BatchLane lane)
    {
        _cycle.Clear();
        _comparesSeries = options.Store == StoreMode.Changes && lane == BatchLane.Live;
    }

    /// <summary>Forgets what was stored.</summary>
    public void Forget() => Volatile.Write(ref _forget, 1);

    /// <summary>Decides over one tick.</summary>
    /// <param name="tick">The tick; of a correction, the time of receipt is moved behind the one it corrects.</param>
    /// <returns>Whether it goes on.</returns>
    public bool Admit(ref PriceTick tick)
    {
        if (Volatile.Read(ref _forget) != 0 && Interlocked.Exchange(ref _forget, 0) != 0)
        {
            _series.Clear();
        }

        ref var kept = ref _cycle.Slot(new TickKey(tick.Item.Value, tick.Source.Value, tick.ObservedAtMicroseconds), out var isKnown);
        if (isKnown)
        {
            if (kept.HasValuesOf(tick))
            {
                return false;
            }

            if (tick.ReceivedAtMicroseconds <= kept.ReceivedAt)
            {
                tick = tick with { ReceivedAtMicroseconds = kept.ReceivedAt + 1 };
            }
        }

        kept = new Kept(tick.Price, tick.Volume, tick.ObservedAtMicroseconds, tick.ReceivedAtMicroseconds);
        return !_comparesSeries || IsChange(tick);
    }

    private bool IsChange(in PriceTick tick)
    {
        ref var last = ref _series.Slot(tick.Series, out var isKnown);
        if (isKnown && tick.ObservedAtMicroseconds < last.ObservedAt)
        {
            return true;
        }

        if (isKnown && last.HasValuesOf(tick) && tick.ObservedAtMicroseconds - last.ObservedAt < _heartbeat)
        {
            return false;
        }

        last = new Kept(tick.Price, tick.Volume, tick.ObservedAtMicroseconds, tick.ReceivedAtMicroseconds);
        return true;
    }
}
