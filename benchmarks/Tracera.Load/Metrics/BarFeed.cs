namespace Tracera.Load;

/// <summary>Makes the four windows of a series, with as many of their buckets filled as wanted.</summary>
internal sealed class BarFeed
{
    private const int Shapes = 64;
    private readonly Bar[][][] _bars;

    /// <param name="filled">The share of buckets that hold ticks.</param>
    public BarFeed(double filled)
    {
        var random = new Random(17);
        _bars = [.. Enumerable.Range(0, Shapes).Select(_ => Tracera.Window.All.Select(window => Bars(window, filled, random)).ToArray())];
    }

    /// <summary>How many buckets hold ticks, on average over the series.</summary>
    public double Buckets => _bars.Average(windows => windows.Sum(bars => bars.Length));

    /// <summary>The windows of one series.</summary>
    public IEnumerable<SeriesWindow> Windows(int item) => Tracera.Window.All.Select(window => Window(item, window));

    /// <summary>One window of one series.</summary>
    public SeriesWindow Window(int item, Window window) =>
        new(MetricBench.Series(item), window, window.StartAt(MetricBench.Instant), _bars[item % Shapes][window.Index], 100m);

    /// <summary>The latest tick of a series.</summary>
    public PriceTick Latest(int item)
    {
        var bars = _bars[item % Shapes];
        var last = bars.Where(window => window.Length > 0).Select(window => window[^1]).MaxBy(bar => bar.StartMicroseconds);
        var (item2, at) = (MetricBench.Series(item), last.StartMicroseconds + 1_000_000);
        return new PriceTick(item2.Item, item2.Source, last.Close, null, at, at);
    }

    private static Bar[] Bars(Window window, double filled, Random random)
    {
        var (bars, price) = (new List<Bar>(), 100m);
        for (var bucket = 0; bucket < window.Buckets; bucket++)
        {
            price = Math.Max(1m, price + (random.Next(-100, 101) * 0.01m));
            if (random.NextDouble() < filled)
            {
                bars.Add(One(UnixTime.ToMicroseconds(window.StartAt(MetricBench.Instant) + (window.Level.Width() * bucket)), price, window.Level.WidthMicroseconds(), random));
            }
        }

        return [.. bars];
    }

    private static Bar One(long start, decimal open, long width, Random random)
    {
        var (sums, close) = (default(BarSums), open);
        for (var tick = 1; tick <= 6; tick++)
        {
            close = open + (random.Next(-50, 51) * 0.01m);
            sums += BarSums.Of(close, width / 8 * tick);
        }

        return new Bar(start, open, open + 1, open - 1, close, null, sums.ToMoments(open));
    }
}
