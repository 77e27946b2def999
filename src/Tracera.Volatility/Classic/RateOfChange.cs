namespace Tracera.Volatility.Classic;

/// <summary>The rate of change over N values, in percent: (x − x₍N before₎)/x₍N before₎ × 100.</summary>
/// <remarks>Kaufman, Trading Systems and Methods, 5th edition 2013, chapter 9. Pure and thread-safe; allocates nothing.</remarks>
public static class RateOfChange
{
    private const double Percent = 100;

    /// <summary>Computes the change at every position.</summary>
    /// <param name="values">The series, oldest first, usually closes.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="changes">One place for each value, in memory of their own; the first N become NaN, and those where the value N before is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is below 1.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<double> values, int period, Span<double> changes)
    {
        Series.Require(period);
        Series.RequireLength(values.Length, changes);
        changes[..Math.Min(period, changes.Length)].Fill(double.NaN);
        for (var i = period; i < values.Length; i++)
        {
            var before = values[i - period];
            changes[i] = before == 0 ? double.NaN : (values[i] - before) / before * Percent;
        }
    }
}
