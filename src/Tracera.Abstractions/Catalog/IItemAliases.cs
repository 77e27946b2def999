namespace Tracera;

/// <summary>Merges items and undoes it, by the store's table of aliases.</summary>
/// <remarks>
/// <para>
/// Thread-safe. A change counts from the next cycle, or the next connection of a stream, on: at once on this host, on the others once they have read the table again. It moves
/// no price: what was stored stays with the item it was stored under, and so every merge can be undone.
/// </para>
/// <para>Throws <see cref="CatalogUnavailableException"/> while the store cannot be reached.</para>
/// </remarks>
public interface IItemAliases
{
    /// <summary>Reads the aliases.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The aliases in ascending order of provider, category and name.</returns>
    ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Lets a name mean an item; a pair that stands already is left as it is.</summary>
    /// <param name="provider">The provider whose name it is; empty for the names of all.</param>
    /// <param name="from">The name.</param>
    /// <param name="to">The item that is meant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ArgumentException">A name is one that no price can have, such as an empty or a too long one, or both are the same.</exception>
    /// <exception cref="InvalidOperationException">It contradicts an alias that stands; the message says which and what to do.</exception>
    ValueTask AddAsync(string provider, ItemKey from, ItemKey to, CancellationToken cancellationToken);

    /// <summary>Lets a name mean its own item again.</summary>
    /// <param name="provider">The provider whose name it is; empty for the names of all.</param>
    /// <param name="from">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was an alias.</returns>
    ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken);

    /// <summary>Merges an item into another: from now on its prices, of every provider, go there.</summary>
    /// <param name="item">The item that receives no more prices.</param>
    /// <param name="into">The item that receives them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ArgumentException">An item is not known, or both are the same.</exception>
    /// <exception cref="InvalidOperationException">It contradicts an alias that stands; the message says which and what to do.</exception>
    ValueTask MergeAsync(ItemId item, ItemId into, CancellationToken cancellationToken);

    /// <summary>Undoes a merge: from now on the item's prices go to it again.</summary>
    /// <param name="item">The item that was merged into another.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was merged.</returns>
    /// <exception cref="ArgumentException">The item is not known.</exception>
    ValueTask<bool> UndoMergeAsync(ItemId item, CancellationToken cancellationToken);
}
