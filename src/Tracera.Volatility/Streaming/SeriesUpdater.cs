using System.Runtime.CompilerServices;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Adds ticks to the open minute of a series, and a minute that has ended to the rings.</summary>
/// <remarks>
/// A tick touches one bucket, the open minute's. When the minute ends it goes into the ring of minutes and into the open quarter of an hour; a quarter that ends goes into its ring and into the open
/// hour, and so on. So four windows cost one update a tick and two combinations a minute.
/// </remarks>
internal static class SeriesUpdater
{
    private const long Minute = 60_000_000;
    private const int Line = 64;

    /// <summary>Adds a tick if it comes after all others and not ahead of the clock.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="slot">The series.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="horizon">The end of the present minute, from which on ticks lie ahead.</param>
    /// <returns>How it fits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TickFit Add(SeriesMemory memory, int slot, in PriceTick tick, long horizon)
    {
        ref var head = ref memory.Head(slot);
        var observedAt = tick.ObservedAtMicroseconds;
        if (observedAt <= head.Newest || observedAt >= horizon)
        {
            return observedAt == head.Newest && tick.Price == head.Price ? TickFit.Repeated : TickFit.OutOfOrder;
        }

        if (observedAt - head.MinuteStart >= Minute)
        {
            EndMinute(memory, slot, observedAt);
        }

        head.Minute.Add(PricePair.Of(tick.Price), observedAt - head.MinuteStart);
        head.Newest = observedAt;
        head.Price = tick.Price;
        return TickFit.InOrder;
    }

    /// <summary>Fetches what a tick will touch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare(SeriesMemory memory, int slot)
    {
        CacheHint.Soon(ref memory.Head(slot));
        CacheHint.Soon(ref memory.Head(slot), Line);
    }

    /// <summary>Fetches what a tick will touch if it ends a minute; its head must have been fetched before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare(SeriesMemory memory, int slot, in PriceTick tick)
    {
        ref var head = ref memory.Head(slot);
        if (tick.ObservedAtMicroseconds - head.MinuteStart >= Minute)
        {
            ref var tail = ref memory.Tail(slot);
            ref var bucket = ref memory.Ring(slot, 0)[(int)(RingLayout.IndexOf(0, head.MinuteStart) % RingLayout.Length(0))];
            CacheHint.Soon(ref bucket);
            CacheHint.Soon(ref bucket, Line - 1);
            CacheHint.Soon(ref tail.Rings[0]);
            CacheHint.Soon(ref tail.Rings[0], Line);
            CacheHint.Soon(ref tail.Open[1]);
            CacheHint.Soon(ref tail.Open[1], Line - 1);
        }
    }

    // Between the open minute's bucket and the next tick's, borders of wider buckets may lie as well.
    private static void EndMinute(SeriesMemory memory, int slot, long next)
    {
        ref var head = ref memory.Head(slot);
        ref var tail = ref memory.Tail(slot);
        var start = head.MinuteStart;
        EndBucket(memory, slot, 0, start, ref head.Minute);
        for (var window = 1; window < RingLayout.Windows && RingLayout.IndexOf(window, start) != RingLayout.IndexOf(window, next); window++)
        {
            EndBucket(memory, slot, window, start, ref tail.Open[window]);
        }

        head.MinuteStart = next - (next % Minute);
    }

    private static void EndBucket(SeriesMemory memory, int slot, int window, long at, ref Bucket open)
    {
        if (open.Count > 0)
        {
            var index = RingLayout.IndexOf(window, at);
            var ring = memory.Ring(slot, window);
            ref var tail = ref memory.Tail(slot);
            ref var state = ref tail.Rings[window];
            Advance(ref state, ring, index);
            var place = (int)(index % ring.Length);
            ring[place].Add(open, 0);
            state.Fill(place);
            if (window + 1 < RingLayout.Windows)
            {
                var width = RingLayout.Width(window);
                tail.Open[window + 1].Add(open, (index * width) % RingLayout.Width(window + 1));
            }

            open = default;
        }
    }

    private static void Advance(ref RingState state, Span<Bucket> ring, long index)
    {
        for (var number = Math.Max(state.Newest + 1, index - ring.Length + 1); number <= index; number++)
        {
            // Of what leaves the ring, the last bucket with ticks holds the price before it.
            var place = (int)(number % ring.Length);
            if (state.IsFilled(place))
            {
                KeepPrior(ref state, ring, place);
            }
        }

        state.Newest = Math.Max(state.Newest, index);
    }

    private static void KeepPrior(ref RingState state, Span<Bucket> ring, int place)
    {
        var number = state.NumberAt(place, ring.Length);
        if (number > state.PriorIndex)
        {
            (state.PriorIndex, state.Prior) = (number, ring[place].Last);
        }

        ring[place] = default;
        state.Empty(place);
    }
}
