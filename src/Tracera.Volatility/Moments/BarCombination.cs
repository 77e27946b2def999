namespace Tracera.Volatility.Moments;

/// <summary>Combines the moments of bars into those of their window.</summary>
/// <remarks>
/// The reference price is the first bar's open: a price of the window itself, so that deviations are of the size of the window's own movement whatever the
/// level of the prices. Opens are subtracted as decimals. The relative error stays within a few units in the last place of a double, for the co-moment relative to
/// the sum of its terms' magnitudes.
/// </remarks>
internal static class BarCombination
{
    /// <summary>The moments of all ticks of some bars of one series and level.</summary>
    /// <param name="bars">The bars that are not empty, oldest first.</param>
    /// <returns>The moments; all zero without a bar.</returns>
    public static WindowMoments Of(ReadOnlySpan<Bar> bars)
    {
        if (bars.IsEmpty)
        {
            return default;
        }

        ref readonly var first = ref bars[0];
        var (all, level) = (default(MomentPart), default(DoubleDouble));
        foreach (ref readonly var bar in bars)
        {
            all = all.Combine(Part(bar, first));

            // Prices are positive, so this sum cannot cancel; the reference plus the mean deviation could, after an outlier at the front.
            level = level.Add(DoubleDouble.Sum((double)bar.Open, bar.Moments.Mean).Times(bar.Count));
        }

        var mean = level.DividedBy(all.Count).Value;
        return new WindowMoments(all.Count, mean, all.M2.Value, all.TimeM2.Value, all.CoMoment.Value);
    }

    private static MomentPart Part(in Bar bar, in Bar first)
    {
        var moments = bar.Moments;
        var offset = bar.StartMicroseconds - first.StartMicroseconds;

        // Times are whole microseconds, so their sum is whole too: rounding undoes the rounding of the mean.
        var timeSum = Math.Round(moments.TimeMean * UnixTime.MicrosecondsPerSecond * moments.Count);
        return new MomentPart(
            moments.Count,
            DoubleDouble.Sum(PriceDifference.Of(bar.Open, first.Open), moments.Mean).Times(moments.Count),
            new DoubleDouble(moments.M2, 0),
            DoubleDouble.Product(offset, moments.Count).Add(timeSum),
            new DoubleDouble(moments.TimeM2, 0),
            new DoubleDouble(moments.CoMoment, 0));
    }
}
