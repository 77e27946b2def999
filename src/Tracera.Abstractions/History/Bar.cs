namespace Tracera;

/// <summary>Open, high, low, close, volume and moments of the ticks of one series in one bucket.</summary>
/// <remarks>A bucket without a tick has no bar. Open and close are the first and the last tick by observed time.</remarks>
/// <param name="StartMicroseconds">The bucket's start, in microseconds since 1970-01-01 UTC.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Close">The last price.</param>
/// <param name="Volume">The sum (the largest decimal where it is beyond that) or the last, by the source's <see cref="VolumeKind"/>; null when no tick had one.</param>
/// <param name="Moments">The moments, whose prices are deviations from <paramref name="Open"/>.</param>
public readonly record struct Bar(
    long StartMicroseconds,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal? Volume,
    BarMoments Moments)
{
    /// <summary>The bucket's start.</summary>
    public DateTimeOffset Start => UnixTime.FromMicroseconds(StartMicroseconds);

    /// <summary>The number of ticks.</summary>
    public long Count => Moments.Count;

    /// <summary>The mean price.</summary>
    public double Mean => (double)Open + Moments.Mean;
}
