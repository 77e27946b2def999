using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Kernels;

/// <summary>The buckets of one window as columns, so that several are combined at once. Scratch memory that is used over and over; not thread-safe.</summary>
/// <remarks>
/// The parts of a window are its buckets that hold ticks, oldest first; the last bucket may stand in several parts. Behind the last part the columns hold zeros up to a whole vector, which weigh
/// nothing.
/// </remarks>
internal sealed class WindowColumns
{
    // The widest window has 168 buckets, and the last of them may stand in four parts.
    private const int Capacity = 176;
    private const int Pad = 8;

    [ThreadStatic]
    private static WindowColumns? _mine;

    /// <summary>The columns of the calling thread.</summary>
    public static WindowColumns Mine => _mine ??= new WindowColumns();

    /// <summary>How many parts there are.</summary>
    public int Parts { get; private set; }

    /// <summary>How many closes there are, one for each bucket that holds ticks.</summary>
    public int Closes { get; private set; }

    /// <summary>The first part.</summary>
    public Bucket Lead { get; private set; }

    /// <summary>n.</summary>
    public double[] Count { get; } = new double[Capacity + Pad];

    /// <summary>The first price, rounded.</summary>
    public double[] Open { get; } = new double[Capacity + Pad];

    /// <summary>The mean deviation from the first price.</summary>
    public double[] Mean { get; } = new double[Capacity + Pad];

    /// <summary>Σ(x−μ)².</summary>
    public double[] M2 { get; } = new double[Capacity + Pad];

    /// <summary>The bucket's start, whole microseconds since the window's.</summary>
    public double[] Start { get; } = new double[Capacity + Pad];

    /// <summary>The mean time since the bucket's start, in microseconds.</summary>
    public double[] Time { get; } = new double[Capacity + Pad];

    /// <summary>Σ(t−t̄)², in microseconds squared.</summary>
    public double[] TimeM2 { get; } = new double[Capacity + Pad];

    /// <summary>Σ(t−t̄)(x−μ), in price times microseconds.</summary>
    public double[] CoMoment { get; } = new double[Capacity + Pad];

    /// <summary>The last price as its deviation from the first.</summary>
    public double[] Close { get; } = new double[Capacity + Pad];

    /// <summary>Takes the log returns.</summary>
    public double[] Returns { get; } = new double[Capacity + Pad];

    /// <summary>Begins a window.</summary>
    public void Clear() => (Parts, Closes) = (0, 0);

    /// <summary>Adds a part.</summary>
    /// <param name="bucket">Its moments, of one tick or more.</param>
    /// <param name="start">Whole microseconds from the window's start to the part's.</param>
    public void Add(in Bucket bucket, double start)
    {
        var place = Parts;
        if (place == 0)
        {
            Lead = bucket;
        }

        Count[place] = bucket.Count;
        Open[place] = bucket.Open;
        Mean[place] = bucket.Mean;
        M2[place] = bucket.M2;
        Start[place] = start;
        Time[place] = bucket.TimeMean;
        TimeM2[place] = bucket.TimeM2;
        CoMoment[place] = bucket.CoMoment;
        Close[place] = bucket.Close;
        Parts = place + 1;
    }

    /// <summary>Ends the window: every part is a bucket.</summary>
    public void End()
    {
        Closes = Parts;
        ClearPad();
    }

    /// <summary>Ends the window: the parts from a place on are one bucket, and this is its last price.</summary>
    /// <param name="buckets">How many whole buckets stand before.</param>
    /// <param name="last">The last price of all.</param>
    public void End(int buckets, in PricePair last)
    {
        Close[buckets] = last.Less(Open[buckets]);
        Closes = buckets + 1;
        ClearPad();
    }

    private void ClearPad()
    {
        foreach (var column in (ReadOnlySpan<double[]>)[Count, Open, Mean, M2, Start, Time, TimeM2, CoMoment])
        {
            column.AsSpan(Parts, Pad).Clear();
        }
    }
}
