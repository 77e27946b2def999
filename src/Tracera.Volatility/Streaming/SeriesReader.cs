using System.Numerics;
using Tracera.Shared;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Kernels;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Reads a window of a series: its buckets that are over, gathered into columns and combined unless they are kept as one, and what the open bucket holds.</summary>
/// <remarks>Reading writes what is kept, so several threads may read at once, but no two of them the same series.</remarks>
internal static class SeriesReader
{
    // So that the moments of time are exact to 9 places; those of a minute are exact to more.
    private const double NarrowShare = 1e-7;
    private const int HeadLines = 2;
    private const int TailLines = 12;
    private const int KeptLines = 2;
    private static readonly double[] BucketsPerYear = [.. Window.All.Select(window => window.BucketsPerYear)];

    /// <summary>Fetches what the reading of a series begins with.</summary>
    public static void Prepare(SeriesMemory memory, int slot)
    {
        CacheHint.SoonLines(ref memory.Head(slot), HeadLines);
        CacheHint.SoonLines(ref memory.Tail(slot), TailLines);
    }

    /// <summary>Fetches what its windows came to when they were last read; the tail must have been fetched before.</summary>
    public static void PrepareKept(SeriesMemory memory, int slot)
    {
        foreach (ref readonly var state in memory.Tail(slot).Rings)
        {
            if (BucketPool.Keeps(state.Buckets))
            {
                CacheHint.SoonLines(ref memory.Buckets.Kept(state.Buckets), KeptLines);
            }
        }
    }

    /// <summary>Has the buckets of a window fetched while the one before is computed, unless they need not be read.</summary>
    public static void Prepare(SeriesMemory memory, int slot, int window, long now, WindowColumns columns)
    {
        ref readonly var list = ref memory.Tail(slot).Rings[window].Buckets;
        if (list.Count > 0 && !IsKept(memory, list, Bounds(memory, slot, window, now)))
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
        var bounds = Bounds(memory, slot, window, now);
        var width = RingLayout.Width(window);
        ref readonly var run = ref Combined(memory, slot, window, bounds, columns);
        var total = default(WindowTotal);
        total.Begin(run, (bounds.From - bounds.First) * width, width);
        var close = bounds.HasOpen ? AddOpen(memory, slot, window, bounds, ref total) : null;
        figures = default;
        if (!TryFirst(memory, slot, window, bounds.First, total, out figures.First))
        {
            return false;
        }

        figures.Last = PricePair.Of(memory.Head(slot).Price);
        ReturnKernel.Compute(run, close, BucketsPerYear[window], out figures.LogReturnVol, out figures.EwmaVol);
        return total.TryMoments(width * NarrowShare, out figures.Moments) && figures.IsChangeExact;
    }

    private static RingBounds Bounds(SeriesMemory memory, int slot, int window, long now) =>
        RingBounds.Of(window, now, memory.Tail(slot).Rings[window].Newest, memory.Head(slot).MinuteStart);

    private static bool IsKept(SeriesMemory memory, in BucketList list, in RingBounds bounds) =>
        BucketPool.Keeps(list) && memory.Buckets.Kept(list).IsOf(bounds.From, bounds.To);

    // The buckets that are over as one. They change only when the window slides or the series is filled anew, so many readings of a series that has many of them find it kept.
    private static ref readonly BucketRun Combined(SeriesMemory memory, int slot, int window, in RingBounds bounds, WindowColumns columns)
    {
        ref readonly var state = ref memory.Tail(slot).Rings[window];
        ref var run = ref columns.Run;
        if (BucketPool.Keeps(state.Buckets))
        {
            run = ref memory.Buckets.Kept(state.Buckets);
            if (run.IsOf(bounds.From, bounds.To))
            {
                columns.FetchAllNext();
                return ref run;
            }
        }

        Combine(memory.Buckets, state, window, bounds, columns, ref run);
        return ref run;
    }

    private static void Combine(BucketPool pool, in RingState state, int window, in RingBounds bounds, WindowColumns columns, ref BucketRun run)
    {
        run = default;
        var (length, from, to) = (RingLayout.Length(window), bounds.From, bounds.To);
        if (from > to)
        {
            return;
        }

        columns.Clear();
        var skipped = state.CountFilled(state.Newest - length + 1, from - 1, length);
        AddRing(pool, state, length, skipped, from, to, 0, RingLayout.Width(window), columns);
        columns.End();
        if (columns.Parts == 0)
        {
            return;
        }

        (run.From, run.Places, run.Buckets) = ((int)from, (byte)(to - from + 1), (byte)columns.Parts);
        run.Lead = (byte)(columns.Start / RingLayout.Width(window));
        run.Begin(pool.At(state.Buckets, skipped));
        ReturnKernel.Combine(columns, ref run);
        WindowKernel.Combine(columns, ref run);
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
    // Its close is rounded as that of a whole bucket is: as the distance from its first price.
    private static PricePair? AddOpen(SeriesMemory memory, int slot, int window, in RingBounds bounds, ref WindowTotal total)
    {
        ref var tail = ref memory.Tail(slot);
        ref var state = ref tail.Rings[window];
        ref var head = ref memory.Head(slot);
        var (origin, open) = (bounds.First * RingLayout.Width(window), double.NaN);
        if (state.Holds(bounds.Open, RingLayout.Length(window)))
        {
            ref readonly var part = ref memory.Buckets.At(state.Buckets, state.Buckets.Count - 1);
            open = part.Open;
            total.Add(part, (bounds.Open * RingLayout.Width(window)) - origin);
        }

        for (var wider = window; wider > 0; wider--)
        {
            ref readonly var part = ref tail.Open[wider];
            if (part.Count > 0)
            {
                open = double.IsNaN(open) ? part.Open : open;
                total.Add(part, (head.MinuteStart / RingLayout.Width(wider) * RingLayout.Width(wider)) - origin);
            }
        }

        if (head.Minute.Count > 0)
        {
            open = double.IsNaN(open) ? head.Minute.Open : open;
            total.Add(head.Minute, head.MinuteStart - origin);
        }

        return double.IsNaN(open) ? null : new PricePair(open, PricePair.Of(head.Price).Less(open));
    }

    private static bool TryFirst(SeriesMemory memory, int slot, int window, long first, in WindowTotal total, out PricePair from)
    {
        ref readonly var state = ref memory.Tail(slot).Rings[window];
        from = total.First;
        if (total.Parts == 0)
        {
            return true;
        }

        if (first == state.ToldFor)
        {
            from = state.IsTold ? state.Told : from;
            return true;
        }

        if (total.Lead < RingLayout.Width(window) && total.IsUnsure)
        {
            return false;
        }

        if (total.Lead == 0 && total.Starts)
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
