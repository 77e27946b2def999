namespace Tracera.Testing.Tests;

/// <summary>A catalogue with answers that a test says; without, the inner one's.</summary>
internal sealed class BentCatalog(IItemCatalog inner) : IItemCatalog
{
    public Func<IReadOnlyList<ItemKey>, CancellationToken, ValueTask<IReadOnlyList<ItemId>>> Items { get; init; } = inner.GetOrAddItemsAsync;

    public Func<SourceDescriptor, SourceDescriptor> Descriptor { get; init; } = descriptor => descriptor;

    public Func<string, string> Name { get; init; } = name => name;

    public Func<ItemQuery, ItemQuery> Query { get; init; } = query => query;

    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) => Items(keys, cancellationToken);

    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken) =>
        inner.GetOrAddSourceAsync(provider, Descriptor(descriptor), cancellationToken);

    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) => inner.GetItemsAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) => inner.FindItemsAsync(Name(name), cancellationToken);

    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => inner.ListItemsAsync(Query(query), cancellationToken);

    public ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) => inner.GetSourcesAsync(cancellationToken);
}
