namespace Tracera.Volatility.Streaming;

/// <summary>Which buckets a window has.</summary>
/// <param name="First">The number of the first one.</param>
/// <param name="From">The number of the first one that the ring has a place for.</param>
/// <param name="To">The number of the last one that is over; less than <paramref name="From"/> when there is none.</param>
/// <param name="Open">The number of the one that is not over.</param>
/// <param name="HasOpen">Whether that one lies in the window.</param>
internal readonly record struct RingBounds(long First, long From, long To, long Open, bool HasOpen)
{
    /// <summary>The bounds of a window.</summary>
    /// <param name="window">The window's place among all.</param>
    /// <param name="now">The present, in microseconds.</param>
    /// <param name="newest">The number of the newest bucket that the ring has a place for.</param>
    /// <param name="minute">The start of the series' open minute.</param>
    public static RingBounds Of(int window, long now, long newest, long minute)
    {
        var (length, last, open) = (RingLayout.Length(window), RingLayout.IndexOf(window, now), RingLayout.IndexOf(window, minute));
        var first = last - length + 1;
        return new RingBounds(first, Math.Max(first, newest - length + 1), Math.Min(Math.Min(last, newest), open - 1), open, open >= first && open <= last);
    }
}
