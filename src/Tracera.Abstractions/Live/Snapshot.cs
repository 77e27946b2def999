namespace Tracera;

/// <summary>The latest values of some items.</summary>
/// <param name="Prices">The latest tick of every source of every item, ordered by item and source.</param>
/// <param name="Volatility">The newest figures of every source and window of every item.</param>
/// <param name="Position">The snapshot holds every update up to here, and perhaps some after.</param>
/// <param name="Stale">True when the live cache was away and the store answered instead, or the other way round.</param>
public sealed record Snapshot(
    IReadOnlyList<PriceTick> Prices,
    IReadOnlyList<VolatilitySnapshot> Volatility,
    StreamPosition Position,
    bool Stale);
