namespace Tracera;

/// <summary>The store's table of aliases, shared by all its hosts.</summary>
/// <remarks>
/// Thread-safe. Every method throws <see cref="CatalogUnavailableException"/> while the store cannot be reached. Apps use <see cref="IItemAliases"/>, by which a change takes effect.
/// </remarks>
public interface IItemAliasStore
{
    /// <summary>Reads the whole table.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The aliases in ascending order of provider, category and name, compared ordinally.</returns>
    ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Adds an alias; one that stands already is left as it is.</summary>
    /// <param name="alias">The alias; its two names differ.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="InvalidOperationException">It contradicts one that stands, see <see cref="ItemAlias.ConflictWith"/>, or there are <see cref="ItemAlias.MaxCount"/>.</exception>
    ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken);

    /// <summary>Removes an alias.</summary>
    /// <param name="provider">The provider whose name it is; empty for all.</param>
    /// <param name="from">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken);
}
