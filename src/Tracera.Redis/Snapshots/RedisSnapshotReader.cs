using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>Reads the latest values from Redis, and from the store while Redis is away or not yet filled.</summary>
internal sealed class RedisSnapshotReader(
    LatestReader latest,
    SourceBook sources,
    RedisState state,
    RefillState refill,
    RedisMeter meter,
    TimeProvider time,
    IVolatilityCache cache,
    IPriceHistory? history,
    IItemCatalog? catalog) : ISnapshotReader
{
    private bool IsComplete => history is null || refill.IsComplete;

    public async ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        var snapshot = await ReadPricesAsync(items, cancellationToken).ConfigureAwait(false);
        var figures = items.Count == 0 ? [] : await cache.GetAsync(items, null, cancellationToken).ConfigureAwait(false);
        return snapshot with { Volatility = figures };
    }

    public async ValueTask<Snapshot> ReadPricesAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        var wasComplete = IsComplete;
        var read = await TryAsync(() => ReadLatestAsync(items, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (read is not { } found)
        {
            meter.Fallback();
            return new Snapshot(await ReadStoredAsync(items, cancellationToken).ConfigureAwait(false), [], StreamPosition.Empty, Stale: true);
        }

        if (wasComplete || items.Count == 0)
        {
            return new Snapshot(found.Ticks, [], found.Position, Stale: false);
        }

        List<PriceTick> ticks = [.. found.Ticks];
        var isStored = await StoredTicks.TryAddAsync(ReadStoredAsync(items, cancellationToken), ticks, cancellationToken).ConfigureAwait(false);
        LatestReader.Sort(ticks);
        return new Snapshot(ticks, [], found.Position, Stale: !isStored);
    }

    public async ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken)
    {
        var wasComplete = IsComplete;
        return await TryAsync(() => latest.ReadAllAsync(cancellationToken), cancellationToken).ConfigureAwait(false) is { } found
            ? new Snapshot(found.Ticks, [], found.Position, !wasComplete)
            : new Snapshot([], [], StreamPosition.Empty, Stale: true);
    }

    private async Task<(IReadOnlyList<PriceTick> Ticks, StreamPosition Position)> ReadLatestAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        if (!sources.IsComplete)
        {
            await LearnSourcesAsync(cancellationToken).ConfigureAwait(false);
        }

        return items.Count == 0
            ? ([], await latest.LocateAsync(cancellationToken).ConfigureAwait(false))
            : await latest.ReadAsync(items, cancellationToken).ConfigureAwait(false);
    }

    // The catalogue knows every source; without it, the ticks themselves say which there are.
    private async Task LearnSourcesAsync(CancellationToken cancellationToken)
    {
        // Before the reading, so that an update that is missed meanwhile asks for another one.
        sources.IsComplete = true;
        var known = ReadSourcesAsync(cancellationToken);
        await ((Task)known).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (known.IsCompletedSuccessfully && catalog is not null)
        {
            foreach (var source in await known.ConfigureAwait(false))
            {
                sources.Note(source.Id);
            }
        }
        else
        {
            await ReadSourcesOfTicksAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadSourcesOfTicksAsync(CancellationToken cancellationToken)
    {
        var read = latest.ReadAllAsync(cancellationToken);
        await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        sources.IsComplete = read.IsCompletedSuccessfully && sources.IsComplete;
        _ = await read.ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Source>> ReadSourcesAsync(CancellationToken cancellationToken) =>
        catalog is null ? [] : await catalog.GetSourcesAsync(cancellationToken).ConfigureAwait(false);

    private async Task<(IReadOnlyList<PriceTick> Ticks, StreamPosition Position)?> TryAsync(
        Func<Task<(IReadOnlyList<PriceTick> Ticks, StreamPosition Position)>> read, CancellationToken cancellationToken)
    {
        if (state.IsAway)
        {
            return null;
        }

        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
        {
            state.Fails(fault);
            return null;
        }
    }

    private async Task<IReadOnlyList<PriceTick>> ReadStoredAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken) =>
        history is null || items.Count == 0 ? [] : await history.GetLatestAsync(items, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
}
