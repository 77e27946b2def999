namespace Tracera.AspNetCore;

/// <summary>The latest prices of some items.</summary>
/// <param name="Prices">The latest tick of every source, ordered by item and source.</param>
/// <param name="Position">Where a live stream goes on from; null without one.</param>
/// <param name="Stale">Whether the store answered because the cache was away, or the other way round.</param>
internal sealed record LatestReading(IReadOnlyList<SourcedTick> Prices, string? Position, bool Stale);
