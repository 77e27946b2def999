using Tracera.Shared;

namespace Tracera.Volatility.Classic;

/// <summary>The population standard deviation of the last N values: √(Σ(x−μ)²/N).</summary>
/// <remarks>Pure and thread-safe; allocates nothing.</remarks>
public static class StandardDeviation
{
    /// <summary>Computes the standard deviation at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="deviations">One place for each value, in memory of their own; the first N − 1 become NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> values, int period, Span<double> deviations)
    {
        Series.Require(period);
        Series.RequireLength(values.Length, deviations);
        RollingMoments.Compute(values, period, default, deviations);
    }
}
