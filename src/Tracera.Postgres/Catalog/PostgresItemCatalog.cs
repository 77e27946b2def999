using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>The catalogue in the database.</summary>
internal sealed class PostgresItemCatalog(PostgresDatabase database) : IItemCatalog
{
    private readonly ItemTable _items = new(database);
    private readonly SourceTable _sources = new(database);

    public async ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var ids = await CatalogCall.TryAsync(() => _items.FindAsync(keys, cancellationToken), "find items").ConfigureAwait(false);
        if (ids.Any(static id => id.Value == 0))
        {
            ids = await CatalogCall.TryAsync(() => _items.AddAsync(keys, cancellationToken), "add items").ConfigureAwait(false);
        }

        return ids;
    }

    public async ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var source = await CatalogCall.TryAsync(() => _sources.FindAsync(provider, descriptor, cancellationToken), "find a source").ConfigureAwait(false)
            ?? await CatalogCall.TryAsync(() => _sources.AddAsync(provider, descriptor, cancellationToken), "add a source").ConfigureAwait(false);
        return source.VolumeKind == descriptor.VolumeKind
            ? source
            : throw new InvalidOperationException(
                $"The source '{descriptor.Name}' ({descriptor.Currency}, {descriptor.Kind}) of the provider '{provider}' has volume kind '{descriptor.VolumeKind}'; "
                + $"allowed is '{source.VolumeKind}', with which it is known.");
    }

    public async ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        await CatalogCall.TryAsync(() => _items.GetAsync(ids, cancellationToken), "read items").ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) =>
        await CatalogCall.TryAsync(() => _items.NamedAsync(name, cancellationToken), "find items").ConfigureAwait(false);

    public async ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = (int)Math.Clamp(Cursor.Read(Cursor.Items, query.Page) ?? 0, 0, int.MaxValue);
        return await CatalogCall.TryAsync(() => _items.ListAsync(query, after, cancellationToken), "list items").ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) =>
        await CatalogCall.TryAsync(() => _sources.AllAsync(cancellationToken), "read the sources").ConfigureAwait(false);
}
