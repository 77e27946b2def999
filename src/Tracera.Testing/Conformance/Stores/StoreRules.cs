namespace Tracera.Testing;

/// <summary>What the contracts of a durable store ask of it: the sink, the history, the catalogue, the aliases, the runs, the leases and the dead letters.</summary>
public static class StoreRules
{
    /// <summary>Every rule.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } =
        [.. StoreTickRules.All, .. StoreHistoryRules.All, .. StoreCatalogRules.All, .. StoreAliasRules.All, .. StoreRunRules.All];
}
