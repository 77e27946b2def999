using System.Collections.Frozen;

namespace Tracera.Ingestion;

/// <summary>The aliases of one reading of the table: a provider's own before one for all.</summary>
internal sealed class AliasSet(IReadOnlyList<ItemAlias> aliases, int version) : IItemMapper
{
    public static readonly AliasSet None = new([], 0);
    private readonly FrozenDictionary<(string Provider, ItemKey From), ItemKey> _meant = aliases.ToFrozenDictionary(alias => (alias.Provider, alias.From), alias => alias.To);

    /// <summary>Ascends whenever the table has changed.</summary>
    public int Version { get; } = version;

    public IReadOnlyList<ItemAlias> Aliases { get; } = aliases;

    public ItemKey Map(string provider, ItemKey key) =>
        _meant.TryGetValue((provider, key), out var own) ? own
        : _meant.TryGetValue(("", key), out var meant) ? meant
        : key;
}
