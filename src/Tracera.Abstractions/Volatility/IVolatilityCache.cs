namespace Tracera;

/// <summary>Keeps the newest figures of every series and window, and the rankings made of them.</summary>
/// <remarks>Thread-safe and bounded by the number of series. Everything in it can be computed again from the store.</remarks>
public interface IVolatilityCache
{
    /// <summary>Takes figures; older ones than those kept are ignored.</summary>
    /// <param name="snapshots">The figures.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they can be read.</returns>
    ValueTask StoreAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken);

    /// <summary>Reads the figures of every source of some items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="window">Only this window; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The figures, ordered by item, source and window.</returns>
    /// <exception cref="TimeoutException">A shared cache does not answer, and this host has no figures of its own to answer with.</exception>
    ValueTask<IReadOnlyList<VolatilitySnapshot>> GetAsync(
        IReadOnlyList<ItemId> items, Window? window, CancellationToken cancellationToken);

    /// <summary>Reads a ranking. Series without a volatility score, which tells that there are enough observations, or without the figure that it is ordered by, are not ranked.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The figures in the ranking's order, one for each item.</returns>
    /// <exception cref="TimeoutException">A shared cache does not answer, and this host has no figures of its own to answer with.</exception>
    ValueTask<IReadOnlyList<VolatilitySnapshot>> RankAsync(RankingQuery query, CancellationToken cancellationToken);
}
