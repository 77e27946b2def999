using System.Runtime.CompilerServices;

namespace Tracera.Volatility.Moments;

/// <summary>Adds up a window: the buckets that are over, as one, and after them the parts of the one that is not.</summary>
/// <remarks>Combining: Chan, Golub, LeVeque, 1979; the co-moment: Pébay, SAND2008-6212.</remarks>
internal struct WindowTotal
{
    private const double Micro = UnixTime.MicrosecondsPerSecond;
    private double _count;
    private double _open;
    private double _mean;
    private double _sum;
    private double _m2;
    private double _start;
    private double _timeMean;
    private double _timeM2;
    private double _coMoment;

    /// <summary>How many parts there are.</summary>
    public int Parts { get; private set; }

    /// <summary>The first price.</summary>
    public PricePair First { get; private set; }

    /// <summary>Where the bucket of the first tick starts, in whole microseconds since the window's start.</summary>
    public double Lead { get; private set; }

    /// <summary>Whether the first tick stands exactly at that start.</summary>
    public bool Starts { get; private set; }

    /// <summary>Whether that is unknown.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Begins with buckets.</summary>
    /// <param name="run">The buckets; it may be empty.</param>
    /// <param name="start">Whole microseconds from the window's start to the first place's.</param>
    /// <param name="width">The width of a place.</param>
    public void Begin(in BucketRun run, double start, double width)
    {
        if (run.Count > 0)
        {
            (Parts, First, Lead, Starts, IsUnsure) = (run.Buckets, run.First, start + (run.Lead * width), run.Starts, run.IsUnsure);
            (_count, _open, _mean, _sum, _m2) = (run.Count, run.Open, run.Mean, run.Sum, run.M2);
            (_start, _timeMean, _timeM2, _coMoment) = (start + run.Start, run.TimeMean, run.TimeM2, run.CoMoment);
        }
    }

    /// <summary>Adds a part that comes after all others.</summary>
    /// <param name="part">Its moments, of one tick or more.</param>
    /// <param name="start">Whole microseconds from the window's start to the part's.</param>
    public void Add(in Bucket part, double start)
    {
        double count = part.Count;
        if (Parts++ == 0)
        {
            (First, Lead, Starts, IsUnsure) = (part.First, start, part.Starts, part.IsUnsure);
            (_count, _open, _mean, _sum, _m2) = (count, part.Open, part.Mean, count * (part.Open + part.Mean), part.M2);
            (_start, _timeMean, _timeM2, _coMoment) = (start, part.TimeMean, part.TimeM2, part.CoMoment);
            return;
        }

        var share = count / (_count + count);
        var weight = _count * share;
        var delta = (part.Open - _open) + (part.Mean - _mean);
        var lag = (start - _start) + (part.TimeMean - _timeMean);
        _count += count;
        _mean += delta * share;
        _sum += count * (part.Open + part.Mean);
        _m2 += part.M2 + (delta * delta * weight);
        _timeMean += lag * share;
        _timeM2 += part.TimeM2 + (lag * lag * weight);
        _coMoment += part.CoMoment + (delta * lag * weight);
    }

    /// <summary>The moments of all ticks.</summary>
    /// <param name="narrow">
    /// The least spread of times, in microseconds. A mean time within a bucket is rounded by 2⁻⁵³ of the bucket's width, which shows where all ticks lie close together.
    /// </param>
    /// <param name="moments">The moments; all zero without a part.</param>
    /// <returns>False when the standard deviation of the times is less than that, so that the moments of time are not exact enough.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryMoments(double narrow, out WindowMoments moments)
    {
        moments = Parts == 0 ? default : new WindowMoments((long)_count, _sum / _count, _m2, _timeM2 / Micro / Micro, _coMoment / Micro);
        return Parts <= 1 || _timeM2 >= narrow * narrow * _count;
    }
}
