namespace Tracera;

/// <summary>Updates of one shard, in order.</summary>
/// <param name="Point">The shard's position after this batch.</param>
/// <param name="Prices">Ticks that became the latest of their series; the memory may be kept and does not change.</param>
/// <param name="Volatility">Figures that were computed.</param>
/// <param name="Gap">True when updates between the batch before, or the subscribing, and this batch may be missing: read a snapshot.</param>
public sealed record UpdateBatch(
    StreamPoint Point,
    ReadOnlyMemory<PriceTick> Prices,
    IReadOnlyList<VolatilitySnapshot> Volatility,
    bool Gap = false);
