namespace Tracera;

/// <summary>The store's list of items and sources, and where their ids come from.</summary>
/// <remarks>
/// Ids never change and are never reused. Every method may be called from any thread at any time and throws
/// <see cref="CatalogUnavailableException"/> while the store cannot be reached; callers that must go on keep what they have learnt.
/// </remarks>
public interface IItemCatalog
{
    /// <summary>Gives the ids of items, adding those that are new.</summary>
    /// <param name="keys">The items; repeats are allowed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One id for each key, in the same order.</returns>
    /// <exception cref="CatalogUnavailableException">The store cannot be reached; any other error says that it refuses one of the names, which is then looked for and rejected.</exception>
    ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken);

    /// <summary>Gives a provider's source, adding it when it is new.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <param name="descriptor">What the provider says of the series.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The source with its id.</returns>
    /// <exception cref="InvalidOperationException">The series is known with another volume kind.</exception>
    ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken);

    /// <summary>Reads items by id.</summary>
    /// <param name="ids">The ids; unknown ones are left out of the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The known items in ascending order of id.</returns>
    ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken);

    /// <summary>Finds the items of a name in every category.</summary>
    /// <param name="name">The whole name, compared ordinally.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>None, one, or one for each category that has the name.</returns>
    ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists items.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page in ascending order of id.</returns>
    ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken);

    /// <summary>Reads every source.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sources in ascending order of id.</returns>
    ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken);
}
