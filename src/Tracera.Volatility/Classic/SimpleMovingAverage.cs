using Tracera.Shared;

namespace Tracera.Volatility.Classic;

/// <summary>The simple moving average: the mean of the last N values.</summary>
/// <remarks>Pure and thread-safe; allocates nothing.</remarks>
public static class SimpleMovingAverage
{
    /// <summary>Computes the average at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="averages">One place for each value; the first N − 1 become NaN. May be the memory of the values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> values, int period, Span<double> averages)
    {
        Series.Require(period);
        Series.RequireLength(values.Length, averages);
        RollingMoments.Compute(values, period, averages);
    }
}
