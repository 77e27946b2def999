using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>What is known of one series of a provider: its ids, and what the cycle under way has let through of it.</summary>
/// <remarks>64 bytes without references, so that a row touches little memory.</remarks>
internal struct Series
{
    public ItemId Item;
    public SourceId Source;

    /// <summary>The number of the cycle that the other fields are of; what an earlier one let through is no longer of interest.</summary>
    public int Cycle;

    /// <summary>The place of the series; a name that means the same item as another one shows the other one's.</summary>
    public int Place;

    public long ObservedAt;
    public long ReceivedAt;
    public decimal Price;

    // Below zero: unknown.
    private decimal _volume;

    /// <summary>Whether the volume is known.</summary>
    public readonly bool HasVolume => !decimal.IsNegative(_volume);

    public decimal? Volume
    {
        readonly get => HasVolume ? _volume : null;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _volume = value ?? decimal.MinusOne;
    }
}
