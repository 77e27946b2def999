using Tracera.Shared;

namespace Tracera.Ingestion;

/// <summary>Reads the latest ticks from memory, and from the store what the memory may not hold.</summary>
internal sealed class LiveSnapshotReader(
    LiveBus bus, WarmStart warmStart, IPriceHistory? history, IVolatilityCache? cache, TimeProvider time) : ISnapshotReader
{
    private static readonly Comparer<PriceTick> BySeries = Comparer<PriceTick>.Create(
        static (x, y) => x.Item != y.Item ? x.Item.CompareTo(y.Item) : x.Source.CompareTo(y.Source));

    private bool IsComplete => history is null || (warmStart.IsWarm && !bus.IsFull);

    public async ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        var isStale = false;
        var wasComplete = IsComplete;
        var (ticks, position) = bus.Read(items.ToHashSet());
        if (!wasComplete && items.Count > 0)
        {
            isStale = !await StoredTicks.TryAddAsync(ReadStoredAsync(items, cancellationToken), ticks, cancellationToken).ConfigureAwait(false);
        }

        ticks.Sort(BySeries);
        var figures = cache is null || items.Count == 0
            ? []
            : await cache.GetAsync(items, null, cancellationToken).ConfigureAwait(false);
        return new Snapshot(ticks, figures, position, isStale);
    }

    public ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wasComplete = IsComplete;
        var (ticks, position) = bus.ReadAll();
        Array.Sort(ticks, BySeries);
        return ValueTask.FromResult(new Snapshot(ticks, [], position, !wasComplete));
    }

    // Wrapped, so that a store that throws at once fails the task as well.
    private async Task<IReadOnlyList<PriceTick>> ReadStoredAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken) =>
        history is null ? [] : await history.GetLatestAsync(items, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
}
