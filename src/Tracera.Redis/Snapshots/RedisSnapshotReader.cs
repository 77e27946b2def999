using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>Reads the latest values from Redis, and from the store while Redis is away or not yet filled.</summary>
internal sealed class RedisSnapshotReader(
    LatestReader latest,
    SourceLearner sources,
    ShardStreams streams,
    RedisState state,
    RefillState refill,
    RedisMeter meter,
    TimeProvider time,
    IVolatilityCache cache,
    IPriceHistory? history) : ISnapshotReader
{
    private bool IsComplete => history is null || refill.IsComplete;

    public async ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        var snapshot = await ReadPricesAsync(items, cancellationToken).ConfigureAwait(false);
        try
        {
            return items.Count == 0 ? snapshot : snapshot with { Volatility = await cache.GetAsync(items, null, cancellationToken).ConfigureAwait(false) };
        }
        catch (TimeoutException)
        {
            return snapshot with { Stale = true };
        }
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

        // A stream that is not there, or is another one than was filled, holds less than the store.
        if (items.Count == 0 || (wasComplete && (history is null || streams.Knows(found.Position))))
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
        await sources.LearnAsync(cancellationToken).ConfigureAwait(false);
        return items.Count == 0
            ? ([], await latest.LocateAsync(cancellationToken).ConfigureAwait(false))
            : await latest.ReadAsync(items, cancellationToken).ConfigureAwait(false);
    }

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
