using Tracera.Volatility.Logarithms;

namespace Tracera.Volatility.Metrics.EwmaVol;

/// <summary>Volatility by exponentially weighted log returns: v₁ = r₁², vᵢ = λ·vᵢ₋₁ + (1−λ)·rᵢ², λ = 0.94; √v, times the root of the returns in a year.</summary>
/// <remarks>J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th edition 1996, chapter 5.2. A year has 365 days.</remarks>
internal static class EwmaVolFormula
{
    private const double Decay = 0.94;

    /// <summary>The volatility of a year, a plain ratio; NaN with fewer than 3 closes, or a close of 0 or less.</summary>
    /// <param name="bars">The bars that are not empty, oldest first.</param>
    /// <param name="bucketsPerYear">How many bars a year has.</param>
    public static double Of(ReadOnlySpan<Bar> bars, double bucketsPerYear)
    {
        if (!LogReturns.Exist(bars))
        {
            return double.NaN;
        }

        var first = LogReturns.At(bars, 1);
        var variance = first * first;
        for (var i = 2; i < bars.Length; i++)
        {
            var value = LogReturns.At(bars, i);
            variance = (Decay * variance) + ((1 - Decay) * value * value);
        }

        return Math.Sqrt(variance * bucketsPerYear);
    }
}
