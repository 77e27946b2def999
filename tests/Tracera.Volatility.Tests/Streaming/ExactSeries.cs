namespace Tracera.Volatility.Tests.Streaming;

/// <summary>The ticks of one series in order, and the exact sums of their buckets at the levels of the windows.</summary>
internal sealed class ExactSeries
{
    private readonly List<long> _times = [];
    private readonly List<(decimal Price, long ReceivedAt)> _ticks = [];
    private readonly Dictionary<(BarLevel Level, long Start), (BarSums Sums, Bar? Bar)> _buckets = [];

    public void Write(in PriceTick tick)
    {
        var index = _times.BinarySearch(tick.ObservedAtMicroseconds);
        if (index < 0)
        {
            _times.Insert(~index, tick.ObservedAtMicroseconds);
            _ticks.Insert(~index, (tick.Price, tick.ReceivedAtMicroseconds));
            Change(tick.ObservedAtMicroseconds, null, tick.Price);
        }
        else if (_ticks[index].Price != tick.Price && _ticks[index].ReceivedAt < tick.ReceivedAtMicroseconds)
        {
            Change(tick.ObservedAtMicroseconds, _ticks[index].Price, tick.Price);
            _ticks[index] = (tick.Price, tick.ReceivedAtMicroseconds);
        }
    }

    public Bar[] Bars(Window window, long start)
    {
        var bars = new List<Bar>();
        for (var bucket = 0; bucket < window.Buckets; bucket++)
        {
            var key = (window.Level, start + (bucket * window.Level.WidthMicroseconds()));
            if (_buckets.TryGetValue(key, out var known))
            {
                _buckets[key] = known = (known.Sums, known.Bar ?? Make(window.Level, key.Item2, known.Sums));
                bars.Add(known.Bar!.Value);
            }
        }

        return [.. bars];
    }

    public decimal? Prior(Window window, long start)
    {
        var index = Before(start + 1);
        return index >= 0 && _times[index] >= start - (long)window.Length.TotalMicroseconds ? _ticks[index].Price : null;
    }

    public PriceTick Latest(SeriesKey key) => new(key.Item, key.Source, _ticks[^1].Price, null, _times[^1], _ticks[^1].ReceivedAt);

    private int Before(long time)
    {
        var index = _times.BinarySearch(time);
        return (index < 0 ? ~index : index) - 1;
    }

    private void Change(long time, decimal? old, decimal price)
    {
        foreach (var window in Window.All)
        {
            var start = window.Level.Floor(time);
            var sums = _buckets.GetValueOrDefault((window.Level, start)).Sums + BarSums.Of(price, time - start);
            _buckets[(window.Level, start)] = (old is { } replaced ? sums - BarSums.Of(replaced, time - start) : sums, null);
        }
    }

    private Bar Make(BarLevel level, long start, in BarSums sums)
    {
        var (open, close) = (_ticks[Before(start) + 1].Price, _ticks[Before(start + level.WidthMicroseconds())].Price);
        return new Bar(start, open, Math.Max(open, close), Math.Min(open, close), close, null, sums.ToMoments(open));
    }
}
