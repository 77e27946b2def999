using Tracera.Shared;

namespace Tracera.Volatility.Classic;

/// <summary>The width of the Bollinger bands as a part of their middle: (upper − lower)/middle.</summary>
/// <remarks>Bollinger, Bollinger on Bollinger Bands, 2001. Pure and thread-safe; allocates nothing.</remarks>
public static class BandWidth
{
    /// <summary>Computes the width at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N of the bands, 1 or more.</param>
    /// <param name="width">k of the bands, above 0.</param>
    /// <param name="averages">Takes the middle band, one place for each value, in memory of its own; the first N − 1 become NaN.</param>
    /// <param name="widths">The widths, likewise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1, or the width is not above 0.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> values, int period, double width, Span<double> averages, Span<double> widths)
    {
        Series.Require(period);
        Series.RequireAbove(width);
        Series.RequireLength(values.Length, averages);
        Series.RequireLength(values.Length, widths);
        RollingMoments.Compute(values, period, averages, widths);
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = 2 * width * widths[i] / averages[i];
        }
    }
}
