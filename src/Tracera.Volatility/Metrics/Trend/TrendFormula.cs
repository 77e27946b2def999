namespace Tracera.Volatility.Metrics.Trend;

/// <summary>The least-squares line of the price over time: its slope Σ(t−t̄)(x−μ)/Σ(t−t̄)² and its coefficient of determination.</summary>
/// <remarks>Draper, Smith, Applied Regression Analysis, 3rd edition 1998, chapter 1.</remarks>
internal static class TrendFormula
{
    private const int MinimumCount = 2;
    private const double Percent = 100;
    private const double SecondsPerHour = 3_600;

    /// <summary>
    /// The slope in percent of μ per hour, and r², 0 to 1. Both are NaN when n &lt; 2, all ticks lie at one instant, or μ = 0; r² also when the price never moved, for
    /// then there is nothing to explain.
    /// </summary>
    public static (double Score, double R2) Of(in WindowMoments moments)
    {
        if (moments.Count < MinimumCount || moments.TimeM2 == 0 || moments.Mean == 0)
        {
            return (double.NaN, double.NaN);
        }

        var slope = moments.CoMoment / moments.TimeM2;
        var r2 = moments.M2 == 0 ? double.NaN : Math.Min(slope * (moments.CoMoment / moments.M2), 1);
        return (slope * SecondsPerHour / moments.Mean * Percent, r2);
    }
}
