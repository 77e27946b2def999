namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>Prices and figures for tests.</summary>
public static class Values
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Fields =
    [
        MetricFields.StdDev, MetricFields.BollingerMiddle, MetricFields.BollingerUpper, MetricFields.BollingerLower, MetricFields.PercentChange,
        MetricFields.Cov, MetricFields.TrendScore, "depth.best",
    ];

    public static PriceTick Price(int item, decimal price, int second = 0, int source = 1, decimal? volume = 12) =>
        new(
            new ItemId(item),
            new SourceId(source),
            price,
            volume,
            UnixTime.ToMicroseconds(Noon.AddSeconds(second)),
            UnixTime.ToMicroseconds(Noon.AddSeconds(second + 1)));

    public static VolatilitySnapshot Figures(int item, double stddev = 1.5, int second = 0, Window? window = null) =>
        new(
            new SeriesKey(new ItemId(item), new SourceId(1)),
            window ?? Window.Day1,
            9,
            100,
            Fields,
            new[] { stddev, 100, 103, 97, double.NaN, 0.015, -0.25, 7 },
            Noon.AddSeconds(second));
}
