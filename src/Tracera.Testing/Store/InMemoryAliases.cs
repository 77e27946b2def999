namespace Tracera.Testing;

/// <summary>A table of aliases in memory.</summary>
/// <remarks>Thread-safe. Set <see cref="IsAway"/> to see what others do without it.</remarks>
public sealed class InMemoryAliases : IItemAliasStore
{
    private readonly Lock _gate = new();
    private readonly List<ItemAlias> _aliases = [];
    private volatile bool _isAway;

    /// <summary>Whether every call throws <see cref="CatalogUnavailableException"/>. Default: false.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken) => LockedAsync<IReadOnlyList<ItemAlias>>(
        () =>
        [
            .. _aliases.OrderBy(alias => alias.Provider, StringComparer.Ordinal)
                .ThenBy(alias => alias.From.Category, StringComparer.Ordinal)
                .ThenBy(alias => alias.From.Name, StringComparer.Ordinal),
        ],
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alias);
        await LockedAsync(() => Add(alias), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) =>
        LockedAsync(() => _aliases.RemoveAll(alias => alias.Provider == provider && alias.From == from) > 0, cancellationToken);

    private bool Add(ItemAlias alias)
    {
        if (_aliases.Select(alias.ConflictWith).FirstOrDefault(conflict => conflict is not null) is { } conflict)
        {
            throw new InvalidOperationException(conflict);
        }

        if (_aliases.Exists(known => known.Provider == alias.Provider && known.From == alias.From))
        {
            return false;
        }

        if (_aliases.Count >= ItemAlias.MaxCount)
        {
            throw new InvalidOperationException($"There are {ItemAlias.MaxCount} aliases, which is all that may be.");
        }

        _aliases.Add(alias);
        return true;
    }

    private ValueTask<T> LockedAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isAway)
        {
            throw new CatalogUnavailableException();
        }

        lock (_gate)
        {
            return new(work());
        }
    }
}
