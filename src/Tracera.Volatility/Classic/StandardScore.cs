using Tracera.Shared;

namespace Tracera.Volatility.Classic;

/// <summary>The standard score (z-score): how many population standard deviations the last of N values stands above their mean.</summary>
/// <remarks>Pure and thread-safe; allocates nothing.</remarks>
public static class StandardScore
{
    /// <summary>Computes the score at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="scores">One place for each value, in memory of their own; the first N − 1 become NaN, and those where the last N values are all equal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> values, int period, Span<double> scores)
    {
        Series.Require(period);
        Series.RequireLength(values.Length, scores);
        RollingMoments.Compute(values, period, default, default, scores);
    }
}
