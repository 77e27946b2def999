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
            isStale = !await TryAddStoredAsync(items, ticks, cancellationToken).ConfigureAwait(false);
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

    // The store being away is an answer here: the snapshot says that it is stale.
    private async Task<bool> TryAddStoredAsync(IReadOnlyList<ItemId> items, List<PriceTick> ticks, CancellationToken cancellationToken)
    {
        var read = ReadStoredAsync(items, cancellationToken);
        await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!read.IsCompletedSuccessfully)
        {
            return false;
        }

        var newest = ticks.ToDictionary(tick => tick.Series);
        foreach (var stored in await read.ConfigureAwait(false))
        {
            if (!newest.TryGetValue(stored.Series, out var known) || stored.IsNewerThan(known))
            {
                newest[stored.Series] = stored;
            }
        }

        ticks.Clear();
        ticks.AddRange(newest.Values);
        return true;
    }

    // Wrapped, so that a store that throws at once fails the task as well.
    private async Task<IReadOnlyList<PriceTick>> ReadStoredAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken) =>
        history is null ? [] : await history.GetLatestAsync(items, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
}
