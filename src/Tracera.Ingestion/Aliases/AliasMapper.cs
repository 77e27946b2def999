using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Maps names by the file of aliases: a provider's own line before one for all.</summary>
internal sealed class AliasMapper : IItemMapper
{
    private readonly FrozenDictionary<(string Provider, ItemKey From), ItemKey> _aliases;

    /// <exception cref="OptionsValidationException">The file is not as it must be.</exception>
    public AliasMapper(IOptions<ItemAliasOptions> options, AliasRules rules)
    {
        var faults = new List<string>();
        var aliases = options.Value.File.Length == 0 ? [] : AliasFile.Read(options.Value.File, rules, faults);
        _aliases = faults.Count == 0
            ? aliases.DistinctBy(Key).ToFrozenDictionary(Key, alias => alias.To)
            : throw new OptionsValidationException(nameof(ItemAliasOptions), typeof(ItemAliasOptions), faults);
    }

    public ItemKey Map(string provider, ItemKey key) =>
        _aliases.TryGetValue((provider, key), out var own) ? own
        : _aliases.TryGetValue(("", key), out var meant) ? meant
        : key;

    private static (string Provider, ItemKey From) Key(AliasLine alias) => (alias.Provider ?? "", alias.From);
}
