namespace Tracera.Postgres;

/// <summary>The table of aliases in the database.</summary>
internal sealed class PostgresItemAliases(PostgresDatabase database) : IItemAliasStore
{
    private readonly AliasTable _aliases = new(database);

    public async ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken) =>
        await CatalogCall.TryAsync(() => _aliases.AllAsync(cancellationToken), "read the aliases").ConfigureAwait(false);

    public async ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alias);
        if (await CatalogCall.TryAsync(() => _aliases.AddAsync(alias, cancellationToken), "add an alias").ConfigureAwait(false) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }

    public async ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) =>
        await CatalogCall.TryAsync(() => _aliases.RemoveAsync(provider, from, cancellationToken), "remove an alias").ConfigureAwait(false);
}
