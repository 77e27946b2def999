using System.Globalization;

namespace Tracera.Volatility.Tests.Support;

/// <summary>Makes snapshots and keys.</summary>
internal static class Some
{
    private static readonly string[] Fields = [MetricFields.Cov, MetricFields.VolatilityScore];

    public static DateTimeOffset Instant { get; } = new(2026, 5, 5, 12, 0, 0, TimeSpan.Zero);

    public static decimal Price(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    public static SeriesKey Series(int item, int source = 1) => new(new ItemId(item), new SourceId(source));

    public static VolatilitySnapshot Snapshot(
        SeriesKey series, double score = 0.1, long count = 10, Window? window = null, DateTimeOffset? computedAt = null) =>
        new(series, window ?? Window.Hour1, count, count == 0 ? double.NaN : 1, Fields, new[] { score, score }, computedAt ?? Instant);
}
