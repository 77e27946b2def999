namespace Tracera.AspNetCore;

/// <summary>Figures that the contract names and that appear, as null, also where no metric computes them.</summary>
internal static class FigureNames
{
    public const string BollingerPrefix = "bollinger";

    /// <summary>The figures.</summary>
    public static IReadOnlyList<string> Figures { get; } =
    [
        MetricFields.StdDev, MetricFields.BollingerMiddle, MetricFields.BollingerUpper, MetricFields.BollingerLower, MetricFields.PercentChange,
        MetricFields.Cov, MetricFields.TrendScore, MetricFields.TrendR2, MetricFields.LogReturnVol, MetricFields.EwmaVol, MetricFields.VolatilityScore,
    ];

    /// <summary>The figures, and the names of what else stands beside them in an answer or in a row of a ranking.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(
        [.. Figures, "item_id", "window", "source", "provider", "currency", "n", "mean", "computed_at", "rank", "name", "category"], StringComparer.Ordinal);
}
