using Tracera.Shared;

namespace Tracera.Volatility.Classic;

/// <summary>Bollinger bands: the simple moving average of the last N values, and that average plus and less k population standard deviations.</summary>
/// <remarks>Bollinger, Bollinger on Bollinger Bands, 2001. Pure and thread-safe; allocates nothing.</remarks>
public static class BollingerBands
{
    /// <summary>The usual N.</summary>
    public const int DefaultPeriod = 20;

    /// <summary>The usual k.</summary>
    public const double DefaultWidth = 2;

    /// <summary>Computes the bands at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="width">k, above 0.</param>
    /// <param name="upper">The upper band, one place for each value, in memory of its own; the first N − 1 become NaN.</param>
    /// <param name="middle">The average, likewise.</param>
    /// <param name="lower">The lower band, likewise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1, or the width is not above 0.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(
        ReadOnlySpan<double> values, int period, double width, Span<double> upper, Span<double> middle, Span<double> lower)
    {
        Series.Require(period);
        Series.RequireAbove(width);
        Series.RequireLength(values.Length, upper);
        Series.RequireLength(values.Length, middle);
        Series.RequireLength(values.Length, lower);
        RollingMoments.Compute(values, period, middle, upper);
        for (var i = 0; i < middle.Length; i++)
        {
            var distance = width * upper[i];
            (upper[i], lower[i]) = (middle[i] + distance, middle[i] - distance);
        }
    }
}
