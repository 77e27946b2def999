using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Holds back the ticks of one provider that say nothing new.</summary>
/// <remarks>
/// Called by one cycle at a time; <see cref="Forget"/> may be called from any thread. Nearly every series has one tick in a cycle, which stands in the series itself: a cycle that
/// begins clears nothing. Only further times of a series in the same cycle are kept by key. What it remembers across cycles it forgets whenever ticks of the provider were lost or
/// refused downstream, so that a price which never reached the store is not taken for stored.
/// </remarks>
internal sealed class Deduplicator(IngestionOptions options)
{
    /// <summary>What <see cref="Admit"/> answers for a price that does not go on.</summary>
    public const long HeldBack = long.MinValue;

    private readonly GenerationCache<TickKey, Kept, OwnEquality<TickKey>> _further = new(options.MaxTrackedSeries);
    private readonly GenerationCache<SeriesKey, Kept, SeriesEquality> _stored = new(options.MaxTrackedSeries);
    private readonly long _heartbeat = options.Heartbeat.Ticks / TimeSpan.TicksPerMicrosecond;
    private bool _comparesStored;
    private int _cycle;
    private int _forget;

    /// <summary>A new cycle begins.</summary>
    public void BeginCycle(BatchLane lane)
    {
        _cycle++;
        _further.Clear();
        _comparesStored = options.Store == StoreMode.Changes && lane == BatchLane.Live;
    }

    /// <summary>Forgets what was stored.</summary>
    public void Forget() => Volatile.Write(ref _forget, 1);

    /// <summary>Decides over one price.</summary>
    /// <param name="series">Its series.</param>
    /// <param name="raw">The price.</param>
    /// <param name="observedAt">Its time in microseconds.</param>
    /// <param name="receivedAt">When it came, in microseconds.</param>
    /// <returns>When it counts as received: a correction behind the price that it corrects. <see cref="HeldBack"/> when it does not go on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Admit(ref Series series, in RawPrice raw, long observedAt, long receivedAt)
    {
        if (series.Cycle != _cycle)
        {
            series.Cycle = _cycle;
            series.ObservedAt = observedAt;
            Keep(ref series, raw, receivedAt);
        }
        else
        {
            receivedAt = AdmitFurther(ref series, raw, observedAt, receivedAt);
        }

        return !_comparesStored ? receivedAt : AdmitChange(series, raw, observedAt, receivedAt);
    }

    /// <summary>Tells at once of most rows that <see cref="Admit"/> would hold back: those that repeat one of the cycle bit by bit and have no volume.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsRepeat(in Series series, in RowOutOfTurn row) =>
        series.Cycle == _cycle
        && series.ObservedAt == row.ObservedAt
        && !series.HasVolume
        && !row.Volume.HasValue
        && DecimalBits.Of(series.Price) == DecimalBits.Of(row.Price);

    private static void Keep(ref Series series, in RawPrice raw, long receivedAt)
    {
        series.ReceivedAt = receivedAt;
        series.Price = raw.Price;
        series.Volume = raw.Volume;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long AdmitFurther(ref Series series, in RawPrice raw, long observedAt, long receivedAt)
    {
        if (series.ObservedAt == observedAt)
        {
            if (series.Price == raw.Price && series.Volume == raw.Volume)
            {
                return HeldBack;
            }

            receivedAt = Math.Max(receivedAt, series.ReceivedAt + 1);
            Keep(ref series, raw, receivedAt);
            return receivedAt;
        }

        ref var kept = ref _further.Slot(new TickKey(series.Item.Value, series.Source.Value, observedAt), out var isKnown);
        if (isKnown)
        {
            if (kept.Price == raw.Price && kept.Volume == raw.Volume)
            {
                return HeldBack;
            }

            receivedAt = Math.Max(receivedAt, kept.ReceivedAt + 1);
        }

        kept = new Kept(raw.Price, raw.Volume, observedAt, receivedAt);
        return receivedAt;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long AdmitChange(in Series series, in RawPrice raw, long observedAt, long receivedAt) =>
        receivedAt != HeldBack && IsChange(new SeriesKey(series.Item, series.Source), new Kept(raw.Price, raw.Volume, observedAt, receivedAt))
            ? receivedAt
            : HeldBack;

    private bool IsChange(SeriesKey series, in Kept now)
    {
        if (Volatile.Read(ref _forget) != 0 && Interlocked.Exchange(ref _forget, 0) != 0)
        {
            _stored.Clear();
        }

        ref var last = ref _stored.Slot(series, out var isKnown);
        if (isKnown && now.ObservedAt < last.ObservedAt)
        {
            return true;
        }

        if (isKnown && last.Price == now.Price && last.Volume == now.Volume && now.ObservedAt - last.ObservedAt < _heartbeat)
        {
            return false;
        }

        last = now;
        return true;
    }
}
