namespace Tracera.AspNetCore;

/// <summary>Figures that the contract names and that appear, as null, also where no metric computes them.</summary>
internal static class FigureNames
{
    public const string BollingerPrefix = "bollinger";

    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        MetricFields.StdDev, MetricFields.BollingerMiddle, MetricFields.BollingerUpper, MetricFields.BollingerLower, MetricFields.PercentChange,
        MetricFields.Cov, MetricFields.TrendScore, MetricFields.TrendR2, MetricFields.LogReturnVol, MetricFields.EwmaVol, MetricFields.VolatilityScore,
        "item_id", "window", "source", "provider", "currency", "n", "mean", "computed_at",
    };
}
