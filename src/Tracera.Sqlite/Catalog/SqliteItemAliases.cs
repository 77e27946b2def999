using Microsoft.Data.Sqlite;

namespace Tracera.Sqlite;

/// <summary>The table of aliases in the store's file.</summary>
internal sealed class SqliteItemAliases(SqliteDatabase database) : IItemAliasStore
{
    public async ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken) =>
        await TryAsync(database.ReadAsync(AliasTable.All, cancellationToken), "read the aliases").ConfigureAwait(false);

    public async ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alias);
        await TryAsync(database.TransactAsync(session => AliasTable.Add(session, alias), cancellationToken), "add an alias").ConfigureAwait(false);
    }

    public async ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) => await TryAsync(
        database.TransactAsync(session => AliasTable.Remove(session, provider, from), cancellationToken), "remove an alias").ConfigureAwait(false);

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
