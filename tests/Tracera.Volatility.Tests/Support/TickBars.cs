namespace Tracera.Volatility.Tests.Support;

/// <summary>Makes bars of ticks, as a store does.</summary>
internal static class TickBars
{
    public static SeriesWindow Window(SeriesKey series, Window window, DateTimeOffset now, IEnumerable<PriceTick> ticks)
    {
        var start = window.StartAt(now);
        var (from, to) = (UnixTime.ToMicroseconds(start), UnixTime.ToMicroseconds(window.Level.Floor(now) + window.Level.Width()));
        var oldest = from - UnixTime.ToMicroseconds(DateTimeOffset.UnixEpoch + window.Length);
        var ordered = ticks.OrderBy(tick => tick.ObservedAtMicroseconds).ToArray();
        var prior = ordered.Where(tick => tick.ObservedAtMicroseconds <= from && tick.ObservedAtMicroseconds >= oldest)
            .Select(tick => (decimal?)tick.Price).LastOrDefault();
        var inside = ordered.Where(tick => tick.ObservedAtMicroseconds >= from && tick.ObservedAtMicroseconds < to);
        return new SeriesWindow(series, window, start, Bars(window.Level, inside), prior);
    }

    public static Bar[] Bars(BarLevel level, IEnumerable<PriceTick> ordered) =>
        [.. ordered.GroupBy(tick => level.Floor(tick.ObservedAtMicroseconds)).Select(group => One(group.Key, [.. group]))];

    private static Bar One(long start, PriceTick[] ticks)
    {
        var sums = ticks.Select(tick => BarSums.Of(tick.Price, tick.ObservedAtMicroseconds - start)).Aggregate((a, b) => a + b);
        var open = ticks[0].Price;
        return new Bar(start, open, ticks.Max(tick => tick.Price), ticks.Min(tick => tick.Price), ticks[^1].Price, null, sums.ToMoments(open));
    }
}
