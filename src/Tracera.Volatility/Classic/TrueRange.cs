namespace Tracera.Volatility.Classic;

/// <summary>Wilder's true range: the greatest of high − low, |high − the close before| and |low − the close before|.</summary>
/// <remarks>Wilder, New Concepts in Technical Trading Systems, 1978, chapter 3. Pure and thread-safe; allocates nothing.</remarks>
public static class TrueRange
{
    /// <summary>Computes the true range of every bar.</summary>
    /// <param name="high">The bars' highest prices, oldest first.</param>
    /// <param name="low">Their lowest prices.</param>
    /// <param name="close">Their last prices.</param>
    /// <param name="ranges">One place for each bar, in memory of their own; the first becomes NaN, because no close stands before it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, Span<double> ranges)
    {
        Series.RequireLength(high.Length, low);
        Series.RequireLength(high.Length, close);
        Series.RequireLength(high.Length, ranges);
        ranges[..Math.Min(1, ranges.Length)].Fill(double.NaN);
        for (var i = 1; i < ranges.Length; i++)
        {
            ranges[i] = At(high, low, close, i);
        }
    }

    /// <summary>The true range of a bar that is not the first.</summary>
    internal static double At(ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, int index)
    {
        var before = close[index - 1];
        return Math.Max(high[index] - low[index], Math.Max(Math.Abs(high[index] - before), Math.Abs(low[index] - before)));
    }
}
