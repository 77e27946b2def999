namespace Tracera.Testing;

/// <summary>One input of a metric, with a name for messages.</summary>
internal sealed class MetricCase
{
    // What ingestion takes by default: 15 digits before the point and 12 behind it.
    private const decimal Smallest = 0.000000000001m;
    private const decimal Largest = 999_999_999_999_999.999999999999m;

    private readonly Window _window;
    private readonly Bar[] _bars;
    private readonly decimal? _first;
    private readonly WindowMoments _moments;

    private MetricCase(string name, Window window, IReadOnlyList<(long At, decimal Price)> ticks, decimal? first)
    {
        (Name, _window, _first) = (name, window, first);
        var tally = ticks.Select(tick => new PriceTick(new(1), new(1), tick.Price, 1, tick.At, tick.At)).ToList();
        _bars = [.. tally.GroupBy(tick => window.Level.Floor(tick.ObservedAtMicroseconds)).Select(bucket => InMemoryBars.Of(bucket.Key, [.. bucket], VolumeKind.Traded))];
        var sums = ticks.Aggregate(default(BarSums), (sum, tick) => sum + BarSums.Of(tick.Price, tick.At));
        var moments = sums.ToMoments(0);
        _moments = new WindowMoments(moments.Count, moments.Count == 0 ? double.NaN : moments.Mean, moments.M2, moments.TimeM2, moments.CoMoment);
    }

    public static IReadOnlyList<MetricCase> All { get; } = [.. Window.All.SelectMany(Of)];

    public string Name { get; }

    /// <summary>Whether there is neither a tick nor a price before the window, so that a figure of prices does not exist.</summary>
    public bool IsEmpty => _bars.Length == 0 && _first is null;

    public void Compute(IVolatilityMetric metric, Span<double> values) =>
        metric.Compute(new MetricInput(_window, _moments, _first, _bars), values);

    /// <summary>The same input in memory of its own.</summary>
    public void ComputeOnCopy(IVolatilityMetric metric, Span<double> values) =>
        metric.Compute(new MetricInput(_window, _moments, _first, [.. _bars]), values);

    private static IEnumerable<MetricCase> Of(Window window)
    {
        var step = window.Level.WidthMicroseconds();
        var start = window.Level.Floor(1_700_000_000 * UnixTime.MicrosecondsPerSecond);
        MetricCase Make(string name, decimal? first, params IEnumerable<(long At, decimal Price)> ticks) =>
            new($"{name} in {window}", window, [.. ticks], first);
        (long At, decimal Price) At(int bucket, decimal price) => (start + (bucket * step / 2), price);

        yield return Make("no tick", null);
        yield return Make("no tick after a price", 10);
        yield return Make("one tick", 5, At(0, 5));
        yield return Make("two ticks at one price", 5, At(0, 5), At(3, 5));
        yield return Make("two ticks within a bucket", 5, At(0, 5), At(1, 6));
        yield return Make("prices that do not move", 7, Enumerable.Range(0, 50).Select(i => At(i, 7.77m)));
        yield return Make("prices that rise", 1, Enumerable.Range(0, 50).Select(i => At(i, 1 + i)));
        yield return Make("prices that swing", 100, Enumerable.Range(0, 60).Select(i => At(i, 100 + (i * 7_919 % 31))));
        yield return Make("the smallest prices", Smallest, Enumerable.Range(1, 9).Select(i => At(i, i * Smallest)));
        yield return Make("the largest prices", 1, Enumerable.Range(1, 9).Select(i => At(i, Largest - ((9 - i) * 100_000_000_000_000m))));
        yield return Make("a first price of zero", 0, At(0, 1), At(2, 2), At(4, 3));
        yield return Make("closes of zero", 1, At(0, 1), At(2, 0), At(4, 0), At(6, 2));
    }
}
