using Tracera.Volatility.Metrics.Cov;

namespace Tracera.Volatility.Metrics.VolatilityScore;

/// <summary>The ranking's key: the coefficient of variation of a window with enough observations.</summary>
internal static class VolatilityScoreFormula
{
    /// <summary>The score, a plain ratio; NaN as <see cref="CovFormula"/>, and with fewer ticks than the minimum.</summary>
    public static double Of(in WindowMoments moments, int minimumObservations) =>
        moments.Count < minimumObservations ? double.NaN : CovFormula.Of(moments);
}
