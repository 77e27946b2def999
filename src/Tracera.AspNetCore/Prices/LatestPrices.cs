using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore;

/// <summary>Reads latest prices: from the live cache where the app runs one, else from the store.</summary>
internal sealed class LatestPrices(
    IPriceHistory history,
    SourceDirectory sources,
    TimeProvider time,
    ILogger<LatestPrices> logger,
    ISnapshotReader? snapshots = null)
{
    private readonly Outage _outage = new(time);

    /// <summary>Reads all items in one call of the cache or store.</summary>
    public async ValueTask<LatestReading> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return new LatestReading([], null, false);
        }

        if (snapshots is null)
        {
            return await ReadStoreAsync(items, false, cancellationToken).ConfigureAwait(false);
        }

        Snapshot snapshot;
        try
        {
            snapshot = await snapshots.ReadPricesAsync(items, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (StoreErrors.IsAway(exception))
        {
            if (_outage.Begins())
            {
                ApiLog.CacheAway(logger, exception);
            }

            return await ReadStoreAsync(items, true, cancellationToken).ConfigureAwait(false);
        }

        var (named, isPart) = await sources.NameKnownAsync(snapshot.Prices, cancellationToken).ConfigureAwait(false);
        var position = snapshot.Position.ToString();
        return new LatestReading(named, position.Length == 0 ? null : position, snapshot.Stale || isPart);
    }

    private async ValueTask<LatestReading> ReadStoreAsync(IReadOnlyList<ItemId> items, bool stale, CancellationToken cancellationToken)
    {
        var ticks = await history.GetLatestAsync(items, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return new LatestReading(await sources.NameAsync(ticks, cancellationToken).ConfigureAwait(false), null, stale);
    }
}
