using Tracera.Volatility.Metrics.StdDev;

namespace Tracera.Volatility.Metrics.Cov;

/// <summary>The coefficient of variation: population standard deviation over mean.</summary>
internal static class CovFormula
{
    /// <summary>The coefficient, a plain ratio; NaN when n &lt; 2 or μ = 0.</summary>
    public static double Of(in WindowMoments moments) =>
        moments.Mean == 0 ? double.NaN : StdDevFormula.Of(moments) / moments.Mean;
}
