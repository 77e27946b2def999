using Tracera.Volatility.Logarithms;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Metrics.LogReturnVol;

/// <summary>Historical volatility: the sample standard deviation of the log returns, times the root of the returns in a year.</summary>
/// <remarks>Hull, Options, Futures, and Other Derivatives, 10th edition 2018, chapter 15.4. A year has 365 days.</remarks>
internal static class LogReturnVolFormula
{
    /// <summary>The volatility of a year, a plain ratio; NaN with fewer than 3 closes, or a close of 0 or less.</summary>
    /// <param name="bars">The bars that are not empty, oldest first.</param>
    /// <param name="bucketsPerYear">How many bars a year has.</param>
    public static double Of(ReadOnlySpan<Bar> bars, double bucketsPerYear)
    {
        if (!LogReturns.Exist(bars))
        {
            return double.NaN;
        }

        var (sum, squares, count) = (default(DoubleDouble), default(DoubleDouble), bars.Length - 1);
        for (var i = 1; i <= count; i++)
        {
            var value = LogReturns.At(bars, i);
            sum = sum.Add(value);
            squares = squares.Add(DoubleDouble.Product(value, value));
        }

        // Σ(r−r̄)² = Σr² − r̄Σr. The sums are exact far beyond a double, so what cancels here costs nothing.
        var spread = squares.Subtract(sum.Times(sum.High).Add(sum.High * sum.Low).DividedBy(count)).Value;
        return Math.Sqrt(Math.Max(spread, 0) / (count - 1) * bucketsPerYear);
    }
}
