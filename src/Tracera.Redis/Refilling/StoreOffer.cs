namespace Tracera.Redis;

/// <summary>Offers the latest ticks of the store to Redis, which takes those that are newer. Several hosts may do it at once.</summary>
internal sealed class StoreOffer(IPriceHistory history, LatestWriter writer, RedisLayout layout, TimeProvider time, RedisMeter meter)
{
    private const int ItemsAtATime = 1_000;

    /// <summary>Offers the series that had a tick received since an instant.</summary>
    /// <returns>How many series there were.</returns>
    public async Task<int> RunAsync(DateTimeOffset receivedSince, CancellationToken cancellationToken)
    {
        var (items, series) = (new List<ItemId>(ItemsAtATime), 0);
        await foreach (var key in history.ReadSeriesAsync(receivedSince, cancellationToken).ConfigureAwait(false))
        {
            series++;
            if (items.Count > 0 && items[^1] == key.Item)
            {
                continue;
            }

            if (items.Count == ItemsAtATime)
            {
                await OfferAsync(items, cancellationToken).ConfigureAwait(false);
                items = new List<ItemId>(ItemsAtATime);
            }

            items.Add(key.Item);
        }

        await OfferAsync(items, cancellationToken).ConfigureAwait(false);
        meter.Refilled(series);
        return series;
    }

    private async Task OfferAsync(List<ItemId> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        var fold = new TickFold(layout);
        foreach (var tick in await history.GetLatestAsync(items, time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
        {
            _ = TickWire.CanWrite(tick) ? fold.Add(tick) : default;
        }

        _ = await writer.WriteAsync(fold, cancellationToken).ConfigureAwait(false);
    }
}
