namespace Tracera.Testing;

/// <summary>What a durable store's <see cref="IItemAliasStore"/> is asked for.</summary>
public static class StoreAliasRules
{
    /// <summary>Aliases are kept once each and read in order.</summary>
    public static ConformanceRule Aliases { get; } = new(
        "store.aliases", "One that stands already is left as it is. The aliases in ascending order of provider, category and name, compared ordinally.");

    /// <summary>Aliases that contradict each other are refused.</summary>
    public static ConformanceRule AliasConflicts { get; } = new(
        "store.alias_conflicts", "InvalidOperationException: it contradicts one that stands.");

    /// <summary>Removing an alias undoes it and no other.</summary>
    public static ConformanceRule AliasesRemoved { get; } = new(
        "store.aliases_removed", "Removes an alias and says whether there was one.");

    /// <summary>Every rule of the aliases.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } = [Aliases, AliasConflicts, AliasesRemoved];
}
