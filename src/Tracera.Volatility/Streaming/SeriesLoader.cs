using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Fills the memory of a series from the store.</summary>
internal static class SeriesLoader
{
    /// <summary>Forgets all ticks and begins with what the store holds.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="slot">The series.</param>
    /// <param name="latest">The store's latest tick; null when it has none.</param>
    public static void Begin(SeriesMemory memory, int slot, in PriceTick? latest)
    {
        ref var head = ref memory.Head(slot);
        head.Minute = default;
        (head.Newest, head.Price) = latest is { } tick ? (tick.ObservedAtMicroseconds, tick.Price) : (0, 0);
        head.MinuteStart = head.Newest - (head.Newest % RingLayout.Width(0));
        memory.Tail(slot).Open = default;
    }

    /// <summary>Takes a window.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="slot">The series.</param>
    /// <param name="window">The bars, and the price before them.</param>
    public static void Take(SeriesMemory memory, int slot, SeriesWindow window)
    {
        var index = window.Window.Index;
        var length = RingLayout.Length(index);
        ref var state = ref memory.Tail(slot).Rings[index];
        var first = RingLayout.IndexOf(index, UnixTime.ToMicroseconds(window.Start));
        state.Clear(memory.Buckets, first, length);
        state.Tell(first, window.Prior);
        state.PriorIndex = state.IsTold ? RingState.Unknown : RingState.None;
        foreach (ref readonly var bar in window.Bars.Span)
        {
            memory.Buckets.Append(ref state.Buckets, length) = Bucket.Of(bar);
            state.Fill((int)(RingLayout.IndexOf(index, bar.StartMicroseconds) % length));
        }
    }
}
