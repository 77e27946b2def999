namespace Tracera.Volatility.Moments;

/// <summary>Moments of some ticks whose prices and times count from a common origin.</summary>
/// <param name="Count">n, 1 or more.</param>
/// <param name="Sum">Σx, x being deviations from the reference price.</param>
/// <param name="M2">Σ(x−μ)².</param>
/// <param name="TimeSum">Σt, in microseconds since the reference instant.</param>
/// <param name="TimeM2">Σ(t−t̄)², in seconds squared.</param>
/// <param name="CoMoment">Σ(t−t̄)(x−μ), in price times seconds.</param>
internal readonly record struct MomentPart(
    long Count, DoubleDouble Sum, DoubleDouble M2, DoubleDouble TimeSum, DoubleDouble TimeM2, DoubleDouble CoMoment)
{
    /// <summary>The moments of two disjoint sets of ticks together.</summary>
    /// <remarks>
    /// Chan, Golub, LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979 (and The American Statistician 37, 1983, 242);
    /// for the co-moment Pébay, Formulas for Robust, One-Pass Parallel Computation of Covariances, SAND2008-6212. Means are taken from exact sums, and the
    /// terms are added in double-double, so that the error does not grow with the number of parts. Either side may be empty.
    /// </remarks>
    public MomentPart Combine(in MomentPart other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var total = Count + other.Count;
        var weight = (double)Count / total * other.Count;
        var delta = Distance(other.Sum, other.Count, Sum, Count);
        var lag = Distance(other.TimeSum, other.Count, TimeSum, Count) / UnixTime.MicrosecondsPerSecond;
        return new MomentPart(
            total,
            Sum.Add(other.Sum),
            M2.Add(other.M2).Add(delta * delta * weight),
            TimeSum.Add(other.TimeSum),
            TimeM2.Add(other.TimeM2).Add(lag * lag * weight),
            CoMoment.Add(other.CoMoment).Add(lag * delta * weight));
    }

    private static double Distance(in DoubleDouble sum, long count, in DoubleDouble otherSum, long otherCount) =>
        sum.DividedBy(count).Subtract(otherSum.DividedBy(otherCount)).Value;
}
