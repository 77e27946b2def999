using System.Numerics;
using System.Runtime.CompilerServices;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Kernels;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Reads a window of a series: gathers its buckets into columns and combines them.</summary>
internal static class SeriesReader
{
    // So that the moments of time are exact to 9 places; those of a minute are exact to more.
    private const double NarrowShare = 1e-7;
    private const int HeadLines = 2;
    private const int TailLines = 12;
    private static readonly double[] BucketsPerYear = [.. Window.All.Select(window => window.BucketsPerYear)];

    /// <summary>Fetches what the reading of a series begins with.</summary>
    public static void Prepare(SeriesMemory memory, int slot)
    {
        CacheHint.SoonLines(ref memory.Head(slot), HeadLines);
        CacheHint.SoonLines(ref memory.Tail(slot), TailLines);
    }

    /// <summary>Has the buckets of a window fetched while the one before is computed.</summary>
    public static void Prepare(SeriesMemory memory, int slot, int window, WindowColumns columns)
    {
        ref readonly var list = ref memory.Tail(slot).Rings[window].Buckets;
        if (list.Count > 0)
        {
            columns.SetNext(ref memory.Buckets.Beginning(list), list.Count);
        }
    }

    /// <summary>Reads a window.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="slot">The series, which is live.</param>
    /// <param name="window">The window's place among all.</param>
    /// <param name="now">The present, in microseconds.</param>
    /// <param name="columns">Scratch memory of the calling thread.</param>
    /// <param name="figures">What figures are made of.</param>
    /// <returns>False when the store has to be asked: for the price at the window's start, or because all ticks lie very close together.</returns>
    public static bool TryRead(SeriesMemory memory, int slot, int window, long now, WindowColumns columns, out WindowFigures figures)
    {
        var last = RingLayout.IndexOf(window, now);
        var first = last - RingLayout.Length(window) + 1;
        ref readonly var lead = ref Gather(memory, slot, window, first, last, columns);
        figures = default;
        if (!TryFirst(memory, slot, window, first, columns, in lead, out figures.First))
        {
            return false;
        }

        ReturnKernel.Compute(columns, BucketsPerYear[window], out figures.LogReturnVol, out figures.EwmaVol);
        figures.Last = PricePair.Of(memory.Head(slot).Price);
        return WindowKernel.TryCombine(columns, RingLayout.Width(window) * NarrowShare, out figures.Moments) && figures.IsChangeExact;
    }

    // The first part, which is empty when there is none.
    private static ref readonly Bucket Gather(SeriesMemory memory, int slot, int window, long first, long last, WindowColumns columns)
    {
        ref readonly var state = ref memory.Tail(slot).Rings[window];
        var length = RingLayout.Length(window);
        var width = RingLayout.Width(window);
        var openNumber = RingLayout.IndexOf(window, memory.Head(slot).MinuteStart);
        columns.Clear();
        var oldest = state.Newest - length + 1;
        var from = Math.Max(first, oldest);
        var to = Math.Min(Math.Min(last, state.Newest), openNumber - 1);
        var skipped = 0;
        if (from <= to)
        {
            skipped = state.CountFilled(oldest, from - 1, length);
            AddRing(memory.Buckets, state, length, skipped, from, to, (from - first) * width, width, columns);
        }

        var whole = columns.Parts;
        ref readonly var lead = ref Unsafe.NullRef<Bucket>();
        if (openNumber >= first && openNumber <= last)
        {
            lead = ref AddOpen(memory, slot, window, openNumber, first * width, columns);
        }

        if (columns.Parts > whole)
        {
            columns.End(whole, PricePair.Of(memory.Head(slot).Price));
        }
        else
        {
            columns.End();
        }

        if (whole > 0)
        {
            lead = ref memory.Buckets.At(state.Buckets, skipped);
        }

        return ref lead;
    }

    private static void AddRing(BucketPool pool, in RingState state, int length, int skipped, long from, long to, long start, long width, WindowColumns columns)
    {
        var count = 0;
        while (from <= to)
        {
            var marks = state.Marks(ref from, to, length, out var places);
            columns.AddStarts(marks, places, count, start, width);
            count += BitOperations.PopCount(marks);
            start += places * width;
        }

        for (var index = skipped; index < skipped + count;)
        {
            var run = pool.Run(state.Buckets, index, skipped + count);
            columns.Add(run);
            index += run.Length;
        }
    }

    // The bucket that is not over yet stands in several parts, the oldest first: what the ring holds of it, the open buckets of the narrower levels, the open minute.
    private static ref readonly Bucket AddOpen(SeriesMemory memory, int slot, int window, long number, long origin, WindowColumns columns)
    {
        ref var tail = ref memory.Tail(slot);
        ref var state = ref tail.Rings[window];
        ref var head = ref memory.Head(slot);
        ref readonly var lead = ref head.Minute;
        var before = columns.Parts;
        if (state.Holds(number, RingLayout.Length(window)))
        {
            lead = ref memory.Buckets.At(state.Buckets, state.Buckets.Count - 1);
            columns.Add(lead, (number * RingLayout.Width(window)) - origin);
        }

        for (var wider = window; wider > 0; wider--)
        {
            if (tail.Open[wider].Count > 0)
            {
                lead = ref columns.Parts == before ? ref tail.Open[wider] : ref lead;
                var width = RingLayout.Width(wider);
                columns.Add(tail.Open[wider], (head.MinuteStart / width * width) - origin);
            }
        }

        if (head.Minute.Count > 0)
        {
            columns.Add(head.Minute, head.MinuteStart - origin);
        }

        return ref lead;
    }

    private static bool TryFirst(SeriesMemory memory, int slot, int window, long first, WindowColumns columns, ref readonly Bucket lead, out PricePair from)
    {
        ref readonly var state = ref memory.Tail(slot).Rings[window];
        from = default;
        if (columns.Parts == 0)
        {
            return true;
        }

        from = lead.First;
        if (first == state.ToldFor)
        {
            from = state.IsTold ? state.Told : from;
            return true;
        }

        if (columns.Start < RingLayout.Width(window) && lead.IsUnsure)
        {
            return false;
        }

        if (columns.Start == 0 && lead.Starts)
        {
            return true;
        }

        var (number, price) = Before(memory, slot, window, first);
        if (number == RingState.Unknown)
        {
            return false;
        }

        from = number >= 0 && number >= first - RingLayout.Length(window) ? price : from;
        return true;
    }

    // The last bucket with ticks before the window, and its last price.
    private static (long Number, PricePair Price) Before(SeriesMemory memory, int slot, int window, long first)
    {
        ref var head = ref memory.Head(slot);
        ref readonly var state = ref memory.Tail(slot).Rings[window];
        var newest = RingLayout.IndexOf(window, Math.Max(head.Newest, 0));
        if (newest < first && head.Newest > 0)
        {
            return (newest, PricePair.Of(head.Price));
        }

        var length = RingLayout.Length(window);
        for (var number = Math.Min(first - 1, state.Newest); number > state.Newest - length; number--)
        {
            if (state.IsFilled((int)(number % length)))
            {
                return (number, memory.Buckets.At(state.Buckets, state.CountFilled(state.Newest - length + 1, number, length) - 1).Last);
            }
        }

        return (state.PriorIndex, state.Prior);
    }
}
