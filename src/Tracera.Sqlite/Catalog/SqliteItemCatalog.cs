using Microsoft.Data.Sqlite;
using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>The catalogue in the store's file.</summary>
internal sealed class SqliteItemCatalog(SqliteDatabase database) : IItemCatalog
{
    public async ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken)
    {
        var ids = await ReadAsync(session => ItemTable.Find(session, keys), "find items", cancellationToken).ConfigureAwait(false);
        if (ids.Any(static id => id.Value == 0))
        {
            ids = await TryAsync(
                database.TransactAsync(session => ItemTable.Add(session, keys), cancellationToken), "add items").ConfigureAwait(false);
        }

        return ids;
    }

    public async ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken)
    {
        var source = await ReadAsync(session => SourceTable.Find(session, provider, descriptor), "find a source", cancellationToken).ConfigureAwait(false)
            ?? await TryAsync(
                database.TransactAsync(session => SourceTable.Add(session, provider, descriptor), cancellationToken), "add a source").ConfigureAwait(false);
        return source.VolumeKind == descriptor.VolumeKind
            ? source
            : throw new InvalidOperationException(
                $"The source '{descriptor.Name}' ({descriptor.Currency}, {descriptor.Kind}) of the provider '{provider}' has volume kind '{descriptor.VolumeKind}'; "
                + $"allowed is '{source.VolumeKind}', with which it is known.");
    }

    public async ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        await ReadAsync(session => ItemTable.Get(session, ids), "read items", cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) =>
        await ReadAsync(session => ItemTable.Named(session, name), "find items", cancellationToken).ConfigureAwait(false);

    public async ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = Cursor.Read(Cursor.Items, query.Page) ?? 0;
        return await ReadAsync(session => ItemTable.List(session, query, after), "list items", cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) =>
        await ReadAsync(SourceTable.All, "read the sources", cancellationToken).ConfigureAwait(false);

    private Task<T> ReadAsync<T>(Func<SqliteSession, T> work, string what, CancellationToken cancellationToken) =>
        TryAsync(database.ReadAsync(work, cancellationToken), what);

    private static async Task<T> TryAsync<T>(Task<T> work, string what)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (SqliteException fault)
        {
            throw new CatalogUnavailableException($"The store could not {what}: {fault.Message}", fault);
        }
    }
}
