namespace Tracera;

/// <summary>Prices for the app's own code: the latest, live updates, and volatility, by name.</summary>
/// <remarks>Thread-safe; one instance serves the whole app. Needs no web server.</remarks>
public interface IPrices
{
    /// <summary>Reads the latest prices of the items of a name, one for each category and source.</summary>
    /// <param name="name">The item's whole name, compared ordinally.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The prices; empty when the name is unknown or has no price yet.</returns>
    ValueTask<IReadOnlyList<ItemPrice>> GetLatestAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Watches prices: first the latest of every series that passes, then every change.</summary>
    /// <remarks>
    /// Bounded by one price a series: a consumer that is slower than the feed gets the newest of each and misses those in between; a series never goes
    /// backwards. The enumeration never ends by itself: it is cancelled, or it fails when the store or the updates are away; whoever begins it again gets the latest of every series first.
    /// </remarks>
    /// <param name="filter">What is watched; null for everything.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>The prices.</returns>
    /// <exception cref="CatalogUnavailableException">The names of items cannot be read now.</exception>
    IAsyncEnumerable<ItemPrice> WatchAsync(PriceFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the newest figures of the items of a name, one for each category and source.</summary>
    /// <param name="name">The item's whole name, compared ordinally.</param>
    /// <param name="window">The window.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The figures; empty when the name is unknown or nothing was computed yet.</returns>
    /// <exception cref="TimeoutException">A shared cache does not answer, and this host computes no figures.</exception>
    ValueTask<IReadOnlyList<VolatilitySnapshot>> GetVolatilityAsync(
        string name, Window window, CancellationToken cancellationToken = default);
}
