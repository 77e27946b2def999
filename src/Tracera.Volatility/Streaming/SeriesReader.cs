using System.Numerics;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Kernels;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Reads a window of a series: gathers its buckets into columns and combines them.</summary>
internal static class SeriesReader
{
    // So that the moments of time are exact to 9 places; those of a minute are exact to more.
    private const double NarrowShare = 1e-7;
    private static readonly double[] BucketsPerYear = [.. Window.All.Select(window => window.BucketsPerYear)];

    /// <summary>Reads a window.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="slot">The series, which is live.</param>
    /// <param name="window">The window's place among all.</param>
    /// <param name="now">The present, in microseconds.</param>
    /// <param name="figures">What figures are made of.</param>
    /// <returns>False when the store has to be asked: for the price at the window's start, or because all ticks lie very close together.</returns>
    public static bool TryRead(SeriesMemory memory, int slot, int window, long now, out WindowFigures figures)
    {
        var columns = WindowColumns.Mine;
        var last = RingLayout.IndexOf(window, now);
        var first = last - RingLayout.Length(window) + 1;
        var earliest = Gather(memory, slot, window, first, last, columns, out var lead);
        figures = default;
        if (!TryFirst(memory, slot, window, first, earliest, lead, out figures.First))
        {
            return false;
        }

        ReturnKernel.Compute(columns, BucketsPerYear[window], out figures.LogReturnVol, out figures.EwmaVol);
        figures.Last = PricePair.Of(memory.Head(slot).Price);
        return WindowKernel.TryCombine(columns, RingLayout.Width(window) * NarrowShare, out figures.Moments) && figures.IsChangeExact;
    }

    // The number of the earliest bucket with ticks, and its first part.
    private static long Gather(SeriesMemory memory, int slot, int window, long first, long last, WindowColumns columns, out Bucket lead)
    {
        ref var state = ref memory.Tail(slot).Rings[window];
        var ring = memory.Ring(slot, window);
        var width = RingLayout.Width(window);
        var (openNumber, origin) = (RingLayout.IndexOf(window, memory.Head(slot).MinuteStart), first * width);
        columns.Clear();
        var from = Math.Max(first, state.Newest - ring.Length + 1);
        var to = Math.Min(Math.Min(last, state.Newest), openNumber - 1);
        AddRing(ring, state, from, to, first, width, columns);
        var whole = columns.Parts;
        if (openNumber >= first && openNumber <= last)
        {
            AddOpen(memory, slot, window, openNumber, origin, columns);
        }

        if (columns.Parts > whole)
        {
            columns.End(whole, PricePair.Of(memory.Head(slot).Price));
        }
        else
        {
            columns.End();
        }

        lead = whole > 0 ? ring[(int)((first + (long)(columns.Start / width)) % ring.Length)] : columns.Parts > 0 ? OpenLead(memory, slot, window, openNumber) : default;
        return columns.Parts == 0 ? last + 1 : first + (long)(columns.Start / width);
    }

    private static void AddRing(Span<Bucket> ring, in RingState state, long from, long to, long first, long width, WindowColumns columns)
    {
        while (from <= to)
        {
            // Up to the end of the ring, or of a word of marks.
            var place = (int)(from % ring.Length);
            var length = (int)Math.Min(Math.Min(to - from + 1, ring.Length - place), 64 - (place & 63));
            var marks = state.Filled(place >> 6) >> (place & 63);
            marks &= length == 64 ? ulong.MaxValue : (1UL << length) - 1;
            while (marks != 0)
            {
                var step = BitOperations.TrailingZeroCount(marks);
                var run = BitOperations.TrailingZeroCount(~(marks >> step));
                columns.Add(ring.Slice(place + step, run), (from + step - first) * width, width);
                marks = step + run == 64 ? 0 : marks >> (step + run) << (step + run);
            }

            from += length;
        }
    }

    private static void AddOpen(SeriesMemory memory, int slot, int window, long number, long origin, WindowColumns columns)
    {
        ref var tail = ref memory.Tail(slot);
        ref var state = ref tail.Rings[window];
        ref var head = ref memory.Head(slot);
        var place = (int)(number % RingLayout.Length(window));
        if (state.IsFilled(place) && state.NumberAt(place, RingLayout.Length(window)) == number)
        {
            columns.Add(memory.Ring(slot, window)[place], (number * RingLayout.Width(window)) - origin);
        }

        for (var wider = window; wider > 0; wider--)
        {
            if (tail.Open[wider].Count > 0)
            {
                var width = RingLayout.Width(wider);
                columns.Add(tail.Open[wider], (head.MinuteStart / width * width) - origin);
            }
        }

        if (head.Minute.Count > 0)
        {
            columns.Add(head.Minute, head.MinuteStart - origin);
        }
    }

    private static Bucket OpenLead(SeriesMemory memory, int slot, int window, long number)
    {
        ref var tail = ref memory.Tail(slot);
        ref var state = ref tail.Rings[window];
        var place = (int)(number % RingLayout.Length(window));
        if (state.IsFilled(place) && state.NumberAt(place, RingLayout.Length(window)) == number)
        {
            return memory.Ring(slot, window)[place];
        }

        for (var wider = window; wider > 0; wider--)
        {
            if (tail.Open[wider].Count > 0)
            {
                return tail.Open[wider];
            }
        }

        return memory.Head(slot).Minute;
    }

    private static bool TryFirst(SeriesMemory memory, int slot, int window, long first, long earliest, in Bucket lead, out PricePair from)
    {
        ref var state = ref memory.Tail(slot).Rings[window];
        if (first == state.ToldFor)
        {
            from = state.PriorIndex == RingState.None ? lead.First : state.Prior;
            return true;
        }

        from = lead.First;
        if (earliest == first && lead.IsUnsure)
        {
            return false;
        }

        if (earliest == first && lead.Starts && WindowColumns.Mine.Start == 0)
        {
            return true;
        }

        var (number, price) = Before(memory, slot, window, first);
        if (number == RingState.Unknown)
        {
            return false;
        }

        from = number >= 0 && number >= first - RingLayout.Length(window) ? price : lead.First;
        return true;
    }

    // The last bucket with ticks before the window, and its last price.
    private static (long Number, PricePair Price) Before(SeriesMemory memory, int slot, int window, long first)
    {
        ref var head = ref memory.Head(slot);
        ref var state = ref memory.Tail(slot).Rings[window];
        var newest = RingLayout.IndexOf(window, Math.Max(head.Newest, 0));
        if (newest < first && head.Newest > 0)
        {
            return (newest, PricePair.Of(head.Price));
        }

        var ring = memory.Ring(slot, window);
        var length = ring.Length;
        for (var number = Math.Min(first - 1, state.Newest); number > state.Newest - length; number--)
        {
            var place = (int)(number % length);
            if (state.IsFilled(place))
            {
                return (number, ring[place].Last);
            }
        }

        return (state.PriorIndex, state.Prior);
    }
}
