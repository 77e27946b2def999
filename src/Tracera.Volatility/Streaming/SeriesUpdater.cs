using System.Runtime.CompilerServices;
using Tracera.Shared;
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

    /// <summary>Whether a tick ends the open minute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndsMinute(SeriesMemory memory, int slot, in PriceTick tick) => tick.ObservedAtMicroseconds - memory.Head(slot).MinuteStart >= Minute;

    /// <summary>Fetches what every tick touches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrepareHead(SeriesMemory memory, int slot)
    {
        ref var head = ref memory.Head(slot);
        CacheHint.Soon(ref head);
        CacheHint.Soon(ref head, Line);
    }

    /// <summary>Fetches what the end of a minute touches, but for the bucket itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrepareTail(SeriesMemory memory, int slot)
    {
        ref var tail = ref memory.Tail(slot);
        CacheHint.Soon(ref tail.Rings[0]);
        CacheHint.Soon(ref tail.Rings[0], Line);
        CacheHint.Soon(ref tail.Open[1]);
    }

    /// <summary>Fetches the bucket that the ring's next one takes the place of; the tail must have been fetched before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrepareBucket(SeriesMemory memory, int slot)
    {
        ref var list = ref memory.Tail(slot).Rings[0].Buckets;
        if (list.Room > 0)
        {
            CacheHint.Soon(ref memory.Buckets.At(list, list.Count == list.Room ? 0 : list.Count));
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
            ref var tail = ref memory.Tail(slot);
            AddToRing(memory.Buckets, ref tail.Rings[window], RingLayout.Length(window), index, open);
            if (window + 1 < RingLayout.Windows)
            {
                var width = RingLayout.Width(window);
                tail.Open[window + 1].Add(open, (index * width) % RingLayout.Width(window + 1));
            }

            open = default;
        }
    }

    private static void AddToRing(BucketPool buckets, ref RingState state, int length, long index, in Bucket open)
    {
        if (index > state.Newest)
        {
            Advance(buckets, ref state, length, index);
        }
        else if (index <= state.Newest - length)
        {
            // Older than the ring, which was filled later than the tick was observed; ticks come in order, so the ring is empty and this is the price before it.
            (state.PriorIndex, state.Prior) = (index, open.Last);
            return;
        }

        var place = (int)(index % length);
        if (state.IsFilled(place))
        {
            buckets.At(state.Buckets, state.Buckets.Count - 1).Add(open, 0);
        }
        else
        {
            buckets.Append(ref state.Buckets, length) = open;
            state.Fill(place);
        }
    }

    private static void Advance(BucketPool buckets, ref RingState state, int length, long index)
    {
        // Of what leaves the ring, the last bucket with ticks holds the price before it.
        for (var number = state.Newest - length + 1; number <= Math.Min(index - length, state.Newest) && state.Buckets.Count > 0; number++)
        {
            var place = (int)(number % length);
            if (state.IsFilled(place))
            {
                (state.PriorIndex, state.Prior) = (number, buckets.At(state.Buckets, 0).Last);
                BucketPool.DropOldest(ref state.Buckets);
                state.Empty(place);
            }
        }

        state.Newest = index;
    }
}
