using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Changes the store's table of aliases, and has this host know of it at once.</summary>
internal sealed class ItemAliases(AliasTable table, AliasRules rules, IItemCatalog catalog, TimeProvider time, ILogger<AliasTable> logger) : IItemAliases
{
    private const string Everybody = "every provider";

    public ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken) => Store().GetAsync(cancellationToken);

    public async ValueTask AddAsync(string provider, ItemKey from, ItemKey to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ThrowIfBad(from, nameof(from));
        ThrowIfBad(to, nameof(to));
        if (from == to)
        {
            throw new ArgumentException($"'{from}' cannot be an alias of itself.", nameof(to));
        }

        await Store().AddAsync(new ItemAlias(provider, from, to, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        AliasLog.Added(logger, from, Named(provider), to);
        await table.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var wasThere = await Store().RemoveAsync(provider, from, cancellationToken).ConfigureAwait(false);
        if (wasThere)
        {
            AliasLog.Removed(logger, from, Named(provider));
            await table.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        return wasThere;
    }

    public async ValueTask MergeAsync(ItemId item, ItemId into, CancellationToken cancellationToken)
    {
        var (from, to) = (await FindAsync(item, nameof(item), cancellationToken).ConfigureAwait(false), await FindAsync(into, nameof(into), cancellationToken).ConfigureAwait(false));
        await AddAsync("", from, to, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> UndoMergeAsync(ItemId item, CancellationToken cancellationToken) =>
        await RemoveAsync("", await FindAsync(item, nameof(item), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static string Named(string provider) => provider.Length == 0 ? Everybody : provider;

    private IItemAliasStore Store() => table.Store ?? throw new InvalidOperationException("The store keeps no table of aliases.");

    private async ValueTask<ItemKey> FindAsync(ItemId id, string name, CancellationToken cancellationToken)
    {
        var found = await catalog.GetItemsAsync([id], cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0].Key : throw new ArgumentException($"There is no item {id}.", name);
    }

    private void ThrowIfBad(ItemKey key, string name)
    {
        if (rules.FaultOf(key) is { } fault)
        {
            throw new ArgumentException(fault, name);
        }
    }
}
