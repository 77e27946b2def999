using Tracera.Shared;
using Tracera.Volatility.Logarithms;

namespace Tracera.Volatility.Classic;

/// <summary>
/// Garman's and Klass's volatility of the last N bars: √(Σ(0.5 ln(high/low)² − (2 ln 2 − 1) ln(close/open)²)/N), times √(bars per year).
/// </summary>
/// <remarks>
/// Garman, Klass, On the Estimation of Security Price Volatilities from Historical Data, Journal of Business 53 (1980), 67. Pure and thread-safe; allocates nothing.
/// </remarks>
public static class GarmanKlassVolatility
{
    private const double RangeWeight = 0.5;
    private static readonly double MoveWeight = (2 * Math.Log(2)) - 1;

    /// <summary>Computes the volatility at every position.</summary>
    /// <param name="open">The bars' first prices, oldest first, above 0.</param>
    /// <param name="high">Their highest prices, above 0.</param>
    /// <param name="low">Their lowest prices, above 0.</param>
    /// <param name="close">Their last prices, above 0.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="volatilities">One place for each bar, in memory of their own; the first N − 1 become NaN, and those of bars whose open or close lies outside their range by so much that the sum is negative.</param>
    /// <param name="barsPerYear">Annualises: how many bars a year has. Default: 1, the volatility of one bar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1, or the bars of a year are not above 0.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(
        ReadOnlySpan<double> open,
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        Span<double> volatilities,
        double barsPerYear = 1)
    {
        Series.Require(period);
        Series.RequireAbove(barsPerYear);
        Series.RequireLength(open.Length, high);
        Series.RequireLength(open.Length, low);
        Series.RequireLength(open.Length, close);
        Series.RequireLength(open.Length, volatilities);
        for (var i = 0; i < open.Length; i++)
        {
            var (range, move) = (LogRatio.Of(low[i], high[i]), LogRatio.Of(open[i], close[i]));
            volatilities[i] = (RangeWeight * range * range) - (MoveWeight * move * move);
        }

        RollingMoments.Compute(volatilities, period, volatilities);
        foreach (ref var volatility in volatilities)
        {
            volatility = Math.Sqrt(volatility * barsPerYear);
        }
    }
}
