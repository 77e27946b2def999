using System.Numerics;
using System.Runtime.InteropServices;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Where the ring of one window of one series stands: two lines of a processor's cache, of which the end of a bucket touches the first.</summary>
/// <remarks>A ring holds the buckets from <see cref="Newest"/> back over one length. Bucket i has the mark i modulo the window's length; those that hold ticks stand in <see cref="Buckets"/>.</remarks>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct RingState
{
    /// <summary>There is no prior price.</summary>
    public const long None = -1;

    /// <summary>The store told a prior price without its time.</summary>
    public const long Unknown = -2;

    /// <summary>The number of the newest bucket there is a place for.</summary>
    public long Newest;

    /// <summary>The number of the bucket that <see cref="Prior"/> comes from: the last one with ticks that has left the ring; <see cref="None"/> or <see cref="Unknown"/>.</summary>
    public long PriorIndex;

    /// <summary>The last price before the ring.</summary>
    public PricePair Prior;

    /// <summary>The buckets that hold ticks.</summary>
    public BucketList Buckets;

    private ulong _filled0;
    private ulong _filled1;
    private ulong _filled2;

    /// <summary>The number of the window's first bucket when the store told the prior price; for just this bucket it holds whatever else is known.</summary>
    public long ToldFor;

    /// <summary>What the store told; <see cref="IsTold"/> says whether there is a price.</summary>
    public PricePair Told;

    /// <summary>Whether the store told a price and not that there is none.</summary>
    public bool IsTold;

    /// <summary>Marks the places that hold ticks: bit i of word i/64.</summary>
    public readonly ulong Filled(int word) => word switch { 0 => _filled0, 1 => _filled1, _ => _filled2 };

    /// <summary>Whether a place holds ticks.</summary>
    public readonly bool IsFilled(int place) => (Filled(place >> 6) >> (place & 63) & 1) != 0;

    /// <summary>Whether the bucket of a number lies within the ring and holds ticks.</summary>
    public readonly bool Holds(long number, int length) => number > Newest - length && number <= Newest && IsFilled((int)(number % length));

    /// <summary>How many buckets of some numbers hold ticks; they must lie within the ring.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="to">The last one; none when it is less.</param>
    /// <param name="length">The window's length.</param>
    public readonly int CountFilled(long from, long to, int length)
    {
        var count = 0;
        while (from <= to)
        {
            count += BitOperations.PopCount(Marks(ref from, to, length, out _));
        }

        return count;
    }

    /// <summary>The marks of the next buckets, as many as lie together.</summary>
    /// <param name="from">The first number; moved behind the last one.</param>
    /// <param name="to">The last number that is wanted.</param>
    /// <param name="length">The window's length.</param>
    /// <param name="count">How many they are.</param>
    public readonly ulong Marks(ref long from, long to, int length, out int count)
    {
        var place = (int)(from % length);
        count = (int)Math.Min(Math.Min(to - from + 1, length - place), 64 - (place & 63));
        from += count;
        return Filled(place >> 6) >> (place & 63) & (ulong.MaxValue >> (64 - count));
    }

    /// <summary>Marks a place.</summary>
    public void Fill(int place) => Word(ref this, place) |= 1UL << (place & 63);

    /// <summary>Unmarks a place.</summary>
    public void Empty(int place) => Word(ref this, place) &= ~(1UL << (place & 63));

    /// <summary>Begins anew: no bucket holds ticks.</summary>
    /// <param name="buckets">The memory of buckets.</param>
    /// <param name="first">The number of the first bucket.</param>
    /// <param name="length">The window's length.</param>
    public void Clear(BucketPool buckets, long first, int length)
    {
        buckets.Clear(ref Buckets);
        (_filled0, _filled1, _filled2) = (0, 0, 0);
        (Newest, PriorIndex, Prior) = (first + length - 1, None, default);
    }

    /// <summary>Keeps what the store told of the price before the window.</summary>
    /// <param name="first">The number of the window's first bucket.</param>
    /// <param name="prior">The price, or null.</param>
    public void Tell(long first, decimal? prior)
    {
        (ToldFor, IsTold) = (first, prior is not null);
        Told = prior is { } price ? PricePair.Of(price) : default;
    }

    private static ref ulong Word(ref RingState state, int place)
    {
        switch (place >> 6)
        {
            case 0: return ref state._filled0;
            case 1: return ref state._filled1;
            default: return ref state._filled2;
        }
    }
}
