using Tracera.Shared;
using Tracera.Volatility.Logarithms;

namespace Tracera.Volatility.Classic;

/// <summary>Parkinson's volatility of the last N bars, from their ranges: √(Σ ln(high/low)²/(4 N ln 2)), times √(bars per year).</summary>
/// <remarks>
/// Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of Return, Journal of Business 53 (1980), 61. Pure and thread-safe; allocates nothing.
/// </remarks>
public static class ParkinsonVolatility
{
    private static readonly double Scale = 1 / (4 * Math.Log(2));

    /// <summary>Computes the volatility at every position.</summary>
    /// <param name="high">The bars' highest prices, oldest first, above 0.</param>
    /// <param name="low">Their lowest prices, above 0.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="volatilities">One place for each bar, in memory of their own; the first N − 1 become NaN.</param>
    /// <param name="barsPerYear">Annualises: how many bars a year has. Default: 1, the volatility of one bar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1, or the bars of a year are not above 0.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(
        ReadOnlySpan<double> high, ReadOnlySpan<double> low, int period, Span<double> volatilities, double barsPerYear = 1)
    {
        Series.Require(period);
        Series.RequireAbove(barsPerYear);
        Series.RequireLength(high.Length, low);
        Series.RequireLength(high.Length, volatilities);
        for (var i = 0; i < high.Length; i++)
        {
            var range = LogRatio.Of(low[i], high[i]);
            volatilities[i] = range * range * Scale;
        }

        RollingMoments.Compute(volatilities, period, volatilities);
        foreach (ref var volatility in volatilities)
        {
            volatility = Math.Sqrt(volatility * barsPerYear);
        }
    }
}
