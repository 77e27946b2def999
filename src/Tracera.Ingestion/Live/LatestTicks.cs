using System.Runtime.InteropServices;
using Tracera.Shared;

namespace Tracera.Ingestion;

/// <summary>The latest tick of every series, in one array; the series of an item are chained. Not thread-safe.</summary>
/// <param name="maxSeries">How many series there is room for.</param>
internal sealed class LatestTicks(int maxSeries)
{
    private const int None = -1;
    private readonly Dictionary<ItemId, int> _firsts = [];
    private readonly List<Slot> _slots = [];

    public int Count => _slots.Count;

    /// <summary>Takes a tick if it is the newest of its series.</summary>
    public TickFate Offer(in PriceTick tick)
    {
        var slots = CollectionsMarshal.AsSpan(_slots);
        for (var at = _firsts.GetValueOrDefault(tick.Item, None); at != None; at = slots[at].Next)
        {
            if (slots[at].Tick.Source == tick.Source)
            {
                return Replace(ref slots[at].Tick, tick);
            }
        }

        return Add(tick);
    }

    public PriceTick[] ToArray()
    {
        var ticks = new PriceTick[_slots.Count];
        var slots = CollectionsMarshal.AsSpan(_slots);
        for (var i = 0; i < ticks.Length; i++)
        {
            ticks[i] = slots[i].Tick;
        }

        return ticks;
    }

    public void CopyTo(IReadOnlySet<ItemId> items, List<PriceTick> ticks)
    {
        var slots = CollectionsMarshal.AsSpan(_slots);
        foreach (var item in items)
        {
            for (var at = _firsts.GetValueOrDefault(item, None); at != None; at = slots[at].Next)
            {
                ticks.Add(slots[at].Tick);
            }
        }
    }

    private static TickFate Replace(ref PriceTick latest, in PriceTick tick)
    {
        var fate = TickFates.Compare(latest, tick);
        if (fate is TickFate.Latest or TickFate.Corrected)
        {
            latest = tick;
        }

        return fate;
    }

    private TickFate Add(in PriceTick tick)
    {
        if (_slots.Count >= maxSeries)
        {
            return TickFate.Refused;
        }

        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_firsts, tick.Item, out var isKnown);
        _slots.Add(new Slot { Tick = tick, Next = isKnown ? first : None });
        first = _slots.Count - 1;
        return TickFate.Latest;
    }

    private struct Slot
    {
        public PriceTick Tick;
        public int Next;
    }
}
