namespace Tracera.Testing.Tests;

/// <summary>A table of aliases with calls that a test bends; without, the inner one's.</summary>
internal sealed class BentAliases(IItemAliasStore inner) : IItemAliasStore
{
    public Func<ItemAlias, ItemAlias> Alias { get; init; } = alias => alias;

    public Func<IEnumerable<ItemAlias>, IEnumerable<ItemAlias>> Order { get; init; } = all => all;

    public bool SwallowsConflicts { get; init; }

    public bool RemovesNothing { get; init; }

    public async ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken) => [.. Order(await inner.GetAsync(cancellationToken))];

    public async ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken)
    {
        try
        {
            await inner.AddAsync(Alias(alias), cancellationToken);
        }
        catch (InvalidOperationException) when (SwallowsConflicts)
        {
        }
    }

    public ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) =>
        RemovesNothing ? new(true) : inner.RemoveAsync(provider, from, cancellationToken);
}
