using System.Runtime.Intrinsics;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Kernels;

/// <summary>Combines the parts of a window into its moments, four parts at once.</summary>
/// <remarks>
/// Two readings, so that nothing cancels: the first finds the means, the second adds up each part's own moments and the squared distances of its means from them. Prices count from the first price
/// of the window; distances in time are taken between whole microseconds first. Sums of the second reading have only positive terms, but for the co-moment, whose error is relative to the sum of its
/// terms' magnitudes. Chan, Golub, LeVeque, The American Statistician 37 (1983), 242.
/// </remarks>
internal static class WindowKernel
{
    /// <summary>The moments of all parts, as those of one.</summary>
    /// <param name="columns">The parts, one at least; the mean deviations are overwritten.</param>
    /// <param name="run">Takes the moments.</param>
    public static void Combine(WindowColumns columns, ref BucketRun run)
    {
        var origin = columns.Mean;
        var means = Means(columns, out run.Sum);
        (run.M2, run.TimeM2, run.CoMoment) = Spread(columns, means);
        (run.Count, run.Mean, run.Start, run.TimeMean) = (means.Count, origin + means.Deviation, means.Start, means.Time);
    }

    private static MeanValues Means(WindowColumns columns, out double sum)
    {
        ref var counts = ref columns.Count;
        ref var opens = ref columns.Open;
        ref var deviations = ref columns.Mean;
        ref var starts = ref columns.Start;
        ref var times = ref columns.Time;
        var (origin, originMean) = (Vector256.Create(opens), Vector256.Create(deviations));
        var (count, levels, deviation) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (start, time) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint i = 0; i < (nuint)columns.Parts; i += (nuint)Vector256<double>.Count)
        {
            columns.FetchNext();
            var n = Vector256.LoadUnsafe(ref counts, i);
            var open = Vector256.LoadUnsafe(ref opens, i);
            var mean = Vector256.LoadUnsafe(ref deviations, i);

            // Counted from the first part's mean, so that prices which never move have no distance at all.
            var distance = (open - origin) + (mean - originMean);
            distance.StoreUnsafe(ref deviations, i);
            count += n;

            // Prices are positive, so this sum cannot cancel; the origin plus the mean deviation could, after an outlier at the front.
            levels = Vector256.FusedMultiplyAdd(n, open + mean, levels);
            deviation = Vector256.FusedMultiplyAdd(n, distance, deviation);
            start = Vector256.FusedMultiplyAdd(n, Vector256.LoadUnsafe(ref starts, i), start);
            time = Vector256.FusedMultiplyAdd(n, Vector256.LoadUnsafe(ref times, i), time);
        }

        var total = Vector256.Sum(count);
        sum = Vector256.Sum(levels);

        // The whole microseconds and the rest are kept apart, so that distances of whole microseconds are exact.
        var meanStart = Math.Round(Vector256.Sum(start) / total);
        var meanTime = ((Vector256.Sum(start) - (meanStart * total)) + Vector256.Sum(time)) / total;
        return new MeanValues(total, Vector256.Sum(deviation) / total, meanStart, meanTime);
    }

    private static (double M2, double TimeM2, double CoMoment) Spread(WindowColumns columns, in MeanValues means)
    {
        ref var counts = ref columns.Count;
        ref var deviations = ref columns.Mean;
        ref var starts = ref columns.Start;
        ref var times = ref columns.Time;
        ref var m2s = ref columns.M2;
        ref var timeM2s = ref columns.TimeM2;
        ref var coMoments = ref columns.CoMoment;
        var (mean, meanStart, meanTime) = (Vector256.Create(means.Deviation), Vector256.Create(means.Start), Vector256.Create(means.Time));
        var (m2, timeM2, coMoment) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint i = 0; i < (nuint)columns.Parts; i += (nuint)Vector256<double>.Count)
        {
            columns.FetchNext();
            var n = Vector256.LoadUnsafe(ref counts, i);
            var delta = Vector256.LoadUnsafe(ref deviations, i) - mean;
            var lag = (Vector256.LoadUnsafe(ref starts, i) - meanStart) + (Vector256.LoadUnsafe(ref times, i) - meanTime);
            var weighted = n * lag;
            m2 += Vector256.FusedMultiplyAdd(n * delta, delta, Vector256.LoadUnsafe(ref m2s, i));
            timeM2 += Vector256.FusedMultiplyAdd(weighted, lag, Vector256.LoadUnsafe(ref timeM2s, i));
            coMoment += Vector256.FusedMultiplyAdd(weighted, delta, Vector256.LoadUnsafe(ref coMoments, i));
        }

        return (Vector256.Sum(m2), Vector256.Sum(timeM2), Vector256.Sum(coMoment));
    }

    private readonly record struct MeanValues(double Count, double Deviation, double Start, double Time);
}
