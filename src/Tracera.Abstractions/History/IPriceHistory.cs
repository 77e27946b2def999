namespace Tracera;

/// <summary>Reads prices from the durable store.</summary>
/// <remarks>
/// Thread-safe. What the durable sink has written is visible to a call that begins after. Late, corrected and backfilled ticks are in the bars as if
/// they had come in time.
/// </remarks>
public interface IPriceHistory
{
    /// <summary>Reads bars.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page, oldest first.</returns>
    ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken);

    /// <summary>Reads ticks.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page, oldest first.</returns>
    ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken);

    /// <summary>Reads the latest tick of every source of some items; a tick that lies in the future is not yet the latest.</summary>
    /// <param name="items">The items; unknown ones are left out.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ticks, ordered by item and source.</returns>
    ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(
        IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads one window of many series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="window">The window.</param>
    /// <param name="now">The present, which lies in the window's last bucket.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One entry for each series, in the order asked for; its bars are empty when the window holds no tick.</returns>
    IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads which series had a tick received since an instant, for example to compute their metrics again.</summary>
    /// <param name="receivedSince">The instant, included.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The series, each once, ordered by item and source.</returns>
    IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, CancellationToken cancellationToken);
}
