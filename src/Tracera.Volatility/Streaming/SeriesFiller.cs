using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Streaming;

/// <summary>Fills the memory of series from the store and makes them live.</summary>
/// <remarks>
/// The store is read twice for the latest tick, before and after the windows: when both say the same, no tick of the series was committed in between, and the windows hold exactly the ticks up to it.
/// Otherwise the series is read again by the next pass.
/// </remarks>
internal sealed class SeriesFiller(StreamBook book, TimeProvider time, VolatilityMeter meter)
{
    // Ticks may be observed up to 5 min ahead of the clock; while one is, the series is not live.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>Fills one page.</summary>
    public async ValueTask FillAsync(IPriceHistory history, List<SeriesKey> page, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = await LatestAsync(history, page, now, cancellationToken).ConfigureAwait(false);
        foreach (var window in Window.All)
        {
            await foreach (var bars in history.ReadWindowsAsync(page, window, now, cancellationToken).ConfigureAwait(false))
            {
                book.Take(bars);
            }
        }

        var after = await LatestAsync(history, page, now, cancellationToken).ConfigureAwait(false);
        meter.Reread(page.Count);
        foreach (var series in page)
        {
            var (first, last) = (Find(before, series), Find(after, series));
            if (first?.ObservedAtMicroseconds == last?.ObservedAtMicroseconds && first?.Price == last?.Price)
            {
                book.TryRevive(series, last, now);
            }
        }
    }

    /// <summary>The latest ticks of some series, also those a little ahead of the clock.</summary>
    public static async ValueTask<Dictionary<SeriesKey, PriceTick>> LatestAsync(
        IPriceHistory history, List<SeriesKey> page, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var items = page.Select(series => series.Item).Distinct().ToArray();
        var latest = await history.GetLatestAsync(items, now + Ahead, cancellationToken).ConfigureAwait(false);
        return latest.ToDictionary(tick => tick.Series);
    }

    private static PriceTick? Find(Dictionary<SeriesKey, PriceTick> ticks, SeriesKey series) =>
        ticks.TryGetValue(series, out var tick) ? tick : null;
}
