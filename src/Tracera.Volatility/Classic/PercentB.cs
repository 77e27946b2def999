using Tracera.Shared;

namespace Tracera.Volatility.Classic;

/// <summary>%b: where the last value stands between the Bollinger bands, 0 at the lower and 1 at the upper one: (x − lower)/(upper − lower).</summary>
/// <remarks>Bollinger, Bollinger on Bollinger Bands, 2001. Pure and thread-safe; allocates nothing.</remarks>
public static class PercentB
{
    /// <summary>Computes %b at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N of the bands, 1 or more.</param>
    /// <param name="width">k of the bands, above 0.</param>
    /// <param name="percents">One place for each value, in memory of their own; the first N − 1 become NaN, and those where the last N values are all equal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1, or the width is not above 0.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> values, int period, double width, Span<double> percents)
    {
        Series.Require(period);
        Series.RequireAbove(width);
        Series.RequireLength(values.Length, percents);

        // (x − (μ − kσ))/2kσ = (z/k + 1)/2: by way of the score nothing of the level is left to cancel.
        RollingMoments.Compute(values, period, default, default, percents);
        foreach (ref var percent in percents)
        {
            percent = ((percent / width) + 1) / 2;
        }
    }
}
