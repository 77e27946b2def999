using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracera.Volatility.Moments;

/// <summary>The centred moments of the ticks of one bucket, in 64 bytes: one line of a processor's cache.</summary>
/// <remarks>
/// Prices are deviations from <see cref="Open"/>, which is a double and so an exact origin whatever the decimal was; times are microseconds since the bucket's start. Updating formulae: Welford,
/// Technometrics 4 (1962), 419; combining: Chan, Golub, LeVeque, 1979; co-moments: Pébay, SAND2008-6212.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct Bucket
{
    /// <summary>The bits of the first word that hold the count.</summary>
    public const int CountBits = UnsureBit - 1;

    private const int StartsBit = 1 << 31;
    private const int UnsureBit = 1 << 30;
    private int _count;

    /// <summary>What rounding the first price to <see cref="Open"/> left; with it the first price has 77 bits.</summary>
    public float OpenLow;

    /// <summary>The first price, rounded to a double.</summary>
    public double Open;

    /// <summary>The mean deviation.</summary>
    public double Mean;

    /// <summary>Σ(x−μ)².</summary>
    public double M2;

    /// <summary>The mean time, in microseconds since the bucket's start.</summary>
    public double TimeMean;

    /// <summary>Σ(t−t̄)², in microseconds squared.</summary>
    public double TimeM2;

    /// <summary>Σ(t−t̄)(x−μ), in price times microseconds.</summary>
    public double CoMoment;

    /// <summary>The last price's deviation.</summary>
    public double Close;

    /// <summary>n.</summary>
    public readonly int Count => _count & CountBits;

    /// <summary>Whether the first tick stands exactly at the bucket's start, so that it is the price of that instant.</summary>
    public readonly bool Starts => (_count & StartsBit) != 0;

    /// <summary>Whether that is unknown, because the bucket came as a bar of several ticks.</summary>
    public readonly bool IsUnsure => (_count & UnsureBit) != 0;

    /// <summary>The first price.</summary>
    public readonly PricePair First => new(Open, OpenLow);

    /// <summary>The last price.</summary>
    public readonly PricePair Last => new(Open, Close);

    /// <summary>Adds a tick that comes after all others.</summary>
    /// <param name="price">Its price.</param>
    /// <param name="time">Microseconds since the bucket's start.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in PricePair price, double time)
    {
        if (_count == 0)
        {
            this = default;
            _count = time == 0 ? 1 | StartsBit : 1;
            (Open, OpenLow, Mean, Close, TimeMean) = (price.High, (float)price.Low, price.Low, price.Low, time);
            return;
        }

        var share = 1d / (Count + 1);
        var deviation = price.Less(Open);
        var (delta, lag) = (deviation - Mean, time - TimeMean);
        Mean += delta * share;
        TimeMean += lag * share;
        var rest = deviation - Mean;
        M2 += delta * rest;
        TimeM2 += lag * (time - TimeMean);
        CoMoment += lag * rest;
        Close = deviation;
        _count++;
    }

    /// <summary>Adds the ticks of a bucket that all come after those of this one.</summary>
    /// <param name="other">The other's moments; it may be empty.</param>
    /// <param name="offset">How many microseconds the other begins after this one.</param>
    public void Add(in Bucket other, double offset)
    {
        if (other._count == 0)
        {
            return;
        }

        if (_count == 0)
        {
            this = other;
            TimeMean += offset;
            _count = offset == 0 ? other._count : other.Count;
            return;
        }

        double total = Count + other.Count;
        var distance = other.Open - Open;
        var delta = distance + (other.Mean - Mean);
        var lag = offset + other.TimeMean - TimeMean;
        var weight = Count * (other.Count / total);
        Mean += delta * (other.Count / total);
        TimeMean += lag * (other.Count / total);
        M2 += other.M2 + (delta * delta * weight);
        TimeM2 += other.TimeM2 + (lag * lag * weight);
        CoMoment += other.CoMoment + (delta * lag * weight);
        Close = distance + other.Close;
        _count += other.Count;
    }

    /// <summary>The bucket of a bar.</summary>
    public static Bucket Of(in Bar bar)
    {
        var (open, moments) = (PricePair.Of(bar.Open), bar.Moments);
        double micro = UnixTime.MicrosecondsPerSecond;

        // Times are whole microseconds, so their sum is whole too: rounding undoes the rounding of the mean.
        var timeMean = Math.Round(moments.TimeMean * micro * moments.Count) / moments.Count;
        return new Bucket
        {
            // A bar does not say when its first tick was; a single one is where the mean is.
            _count = (int)moments.Count | (moments.Count > 1 ? UnsureBit : timeMean == 0 ? StartsBit : 0),
            Open = open.High,
            OpenLow = (float)open.Low,
            Mean = moments.Mean + open.Low,
            M2 = moments.M2,
            TimeMean = timeMean,
            TimeM2 = moments.TimeM2 * micro * micro,
            CoMoment = moments.CoMoment * micro,
            Close = PricePair.Of(bar.Close).Less(open.High),
        };
    }
}
