namespace Tracera.Load;

/// <summary>A cache that notes how much memory is in use whenever it is written.</summary>
internal sealed class PeakCache(IVolatilityCache inner) : IVolatilityCache
{
    /// <summary>The most.</summary>
    public long Peak { get; private set; }

    public ValueTask StoreAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        Peak = Math.Max(Peak, GC.GetTotalMemory(false));
        return inner.StoreAsync(snapshots, cancellationToken);
    }

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> GetAsync(IReadOnlyList<ItemId> items, Window? window, CancellationToken cancellationToken) =>
        inner.GetAsync(items, window, cancellationToken);

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> RankAsync(RankingQuery query, CancellationToken cancellationToken) => inner.RankAsync(query, cancellationToken);
}
