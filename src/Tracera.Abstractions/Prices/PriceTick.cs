using System.Runtime.InteropServices;

namespace Tracera;

/// <summary>A price after normalisation: immutable, 64 bytes, without references.</summary>
/// <remarks>
/// The key of a tick is (item, source, observed at). Of two ticks of one key with another price or volume, the one received later wins.
/// Times are whole microseconds since 1970-01-01 UTC, so that a key is the same in every store.
/// </remarks>
/// <param name="Item">The item.</param>
/// <param name="Source">The source.</param>
/// <param name="Price">The price in major units of the source's currency, above zero.</param>
/// <param name="Volume">Units as the source's <see cref="VolumeKind"/> counts them; null when unknown.</param>
/// <param name="ObservedAtMicroseconds">When the price held at the venue.</param>
/// <param name="ReceivedAtMicroseconds">When this process read it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PriceTick(
    ItemId Item,
    SourceId Source,
    decimal Price,
    decimal? Volume,
    long ObservedAtMicroseconds,
    long ReceivedAtMicroseconds)
{
    /// <summary>When the price held at the venue.</summary>
    public DateTimeOffset ObservedAt => UnixTime.FromMicroseconds(ObservedAtMicroseconds);

    /// <summary>When this process read the price.</summary>
    public DateTimeOffset ReceivedAt => UnixTime.FromMicroseconds(ReceivedAtMicroseconds);

    /// <summary>The series the tick belongs to.</summary>
    public SeriesKey Series => new(Item, Source);

    /// <summary>Whether this tick comes after another of its series in the order (observed at, received at).</summary>
    /// <param name="other">A tick of the same series.</param>
    /// <returns>True when this one is the newer.</returns>
    public bool IsNewerThan(in PriceTick other) =>
        ObservedAtMicroseconds != other.ObservedAtMicroseconds
            ? ObservedAtMicroseconds > other.ObservedAtMicroseconds
            : ReceivedAtMicroseconds > other.ReceivedAtMicroseconds;
}
