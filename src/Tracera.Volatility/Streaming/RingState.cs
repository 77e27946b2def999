using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>Where the ring of one window of one series stands: 72 bytes.</summary>
/// <remarks>The place of bucket i is i modulo the window's length; the ring holds the buckets from <see cref="Newest"/> back over one length.</remarks>
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

    /// <summary>The number of the window's first bucket when the store told the prior price; for just this bucket it holds whatever else is known.</summary>
    public long ToldFor;

    /// <summary>The last price before the ring.</summary>
    public PricePair Prior;

    private ulong _filled0;
    private ulong _filled1;
    private ulong _filled2;

    /// <summary>Marks the places that hold ticks: bit i of word i/64.</summary>
    public readonly ulong Filled(int word) => word switch { 0 => _filled0, 1 => _filled1, _ => _filled2 };

    /// <summary>Whether a place holds ticks.</summary>
    public readonly bool IsFilled(int place) => (Filled(place >> 6) >> (place & 63) & 1) != 0;

    /// <summary>The number of the bucket at a place.</summary>
    public readonly long NumberAt(int place, int length) => Newest - ((Newest - place) % length);

    /// <summary>Marks a place.</summary>
    public void Fill(int place) => Word(ref this, place) |= 1UL << (place & 63);

    /// <summary>Unmarks a place.</summary>
    public void Empty(int place) => Word(ref this, place) &= ~(1UL << (place & 63));

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
