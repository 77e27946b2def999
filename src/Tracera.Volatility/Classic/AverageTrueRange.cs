namespace Tracera.Volatility.Classic;

/// <summary>
/// Wilder's average true range: the mean of the first N true ranges, and from then on the average before times N − 1, plus the bar's true range, over N.
/// </summary>
/// <remarks>
/// Wilder, New Concepts in Technical Trading Systems, 1978, chapter 3. The first bar has no true range, so the first average stands at the bar after the first N.
/// Pure and thread-safe; allocates nothing.
/// </remarks>
public static class AverageTrueRange
{
    /// <summary>The usual N.</summary>
    public const int DefaultPeriod = 14;

    /// <summary>Computes the average at every bar.</summary>
    /// <param name="high">The bars' highest prices, oldest first.</param>
    /// <param name="low">Their lowest prices.</param>
    /// <param name="close">Their last prices.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="averages">One place for each bar, in memory of their own; the first N become NaN, and all from the first NaN of a series on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(
        ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, int period, Span<double> averages)
    {
        Series.Require(period);
        Series.RequireLength(high.Length, low);
        Series.RequireLength(high.Length, close);
        Series.RequireLength(high.Length, averages);
        averages[..Math.Min(period, averages.Length)].Fill(double.NaN);
        if (averages.Length <= period)
        {
            return;
        }

        var average = 0d;
        for (var i = 1; i <= period; i++)
        {
            average += TrueRange.At(high, low, close, i);
        }

        average /= period;
        averages[period] = average;
        for (var i = period + 1; i < averages.Length; i++)
        {
            average = ((average * (period - 1)) + TrueRange.At(high, low, close, i)) / period;
            averages[i] = average;
        }
    }
}
