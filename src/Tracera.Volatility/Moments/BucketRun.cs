using System.Runtime.InteropServices;

namespace Tracera.Volatility.Moments;

/// <summary>What buckets that follow one another come to, in 128 bytes: kept, they need not be combined again while none of them changes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BucketRun
{
    /// <summary>n; 0 when there is nothing.</summary>
    public double Count;

    /// <summary>The first price, rounded to a double.</summary>
    public double Open;

    /// <summary>The mean deviation from it.</summary>
    public double Mean;

    /// <summary>Σx: prices are positive, so it cannot cancel; the first price plus the mean deviation could, after an outlier at the front.</summary>
    public double Sum;

    /// <summary>Σ(x−μ)².</summary>
    public double M2;

    /// <summary>The mean time, whole microseconds since the start of the first place: kept apart from the rest, so that distances of whole microseconds are exact.</summary>
    public double Start;

    /// <summary>The rest of the mean time.</summary>
    public double TimeMean;

    /// <summary>Σ(t−t̄)², in microseconds squared.</summary>
    public double TimeM2;

    /// <summary>Σ(t−t̄)(x−μ), in price times microseconds.</summary>
    public double CoMoment;

    /// <summary>The mean of the log returns from each close to the next, rounded.</summary>
    public double ReturnMean;

    /// <summary>Σ(r−r̄)² of the log returns.</summary>
    public double ReturnM2;

    /// <summary>v of the last log return; 0 without one, NaN when a close is 0 or less.</summary>
    public double Variance;

    /// <summary>The last price.</summary>
    public PricePair Last;

    /// <summary>The number of the first place; those of minutes suffice until the year 6053.</summary>
    public int From;

    /// <summary>What rounding the first price left.</summary>
    public float OpenLow;

    /// <summary>What rounding the mean of the log returns left: it counts where they differ by much less than what they are.</summary>
    public float ReturnRest;

    /// <summary>How many buckets hold ticks.</summary>
    public byte Buckets;

    /// <summary>The first place that holds ticks, counted from the first place.</summary>
    public byte Lead;

    /// <summary>How many places there are.</summary>
    public byte Places;

    private byte _flags;

    /// <summary>The first price.</summary>
    public readonly PricePair First => new(Open, OpenLow);

    /// <summary>Whether the first tick stands exactly at the start of its bucket.</summary>
    public readonly bool Starts => (_flags & 1) != 0;

    /// <summary>Whether that is unknown.</summary>
    public readonly bool IsUnsure => (_flags & 2) != 0;

    /// <summary>Whether it is of just these places.</summary>
    public readonly bool IsOf(long from, long to) => Count > 0 && From == from && Places == to - from + 1;

    /// <summary>Takes over how the first bucket begins.</summary>
    public void Begin(in Bucket first)
    {
        (Open, OpenLow) = (first.Open, first.OpenLow);
        _flags = (byte)((first.Starts ? 1 : 0) | (first.IsUnsure ? 2 : 0));
    }
}
