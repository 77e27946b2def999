namespace Tracera.Volatility.Metrics.StdDev;

/// <summary>Population standard deviation: √(Σ(x−μ)²/n).</summary>
internal static class StdDevFormula
{
    private const int MinimumCount = 2;

    /// <summary>The standard deviation in units of the price; NaN when n &lt; 2.</summary>
    public static double Of(in WindowMoments moments) =>
        moments.Count < MinimumCount ? double.NaN : Math.Sqrt(moments.M2 / moments.Count);
}
