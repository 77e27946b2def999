namespace Tracera.Testing;

/// <summary>What a durable store's <see cref="IItemCatalog"/> is asked for.</summary>
public static class StoreCatalogRules
{
    /// <summary>An item has one positive id for ever.</summary>
    public static ConformanceRule ItemIds { get; } = new(
        "store.item_ids", "One id for each key, in the same order; repeats are allowed. Ids never change and are never reused. Both parts are compared ordinally.");

    /// <summary>Callers at the same time agree on ids.</summary>
    public static ConformanceRule ItemIdsConcurrently { get; } = new(
        "store.item_ids_concurrently", "Every method may be called from any thread at any time. Ids never change.");

    /// <summary>A series of a provider is one source.</summary>
    public static ConformanceRule Sources { get; } = new(
        "store.sources", "Within one provider a series is unique on (name, currency, kind). The sources in ascending order of id.");

    /// <summary>A source keeps its volume kind.</summary>
    public static ConformanceRule VolumeKind { get; } = new(
        "store.volume_kind", "InvalidOperationException: the series is known with another volume kind.");

    /// <summary>Items are read by id and by name.</summary>
    public static ConformanceRule FindItems { get; } = new(
        "store.find_items", "Unknown ids are left out; the known items in ascending order of id. The whole name, compared ordinally, in every category.");

    /// <summary>Items are listed in order of id, with the filters that are asked for.</summary>
    public static ConformanceRule ListItems { get; } = new(
        "store.list_items", "A page in ascending order of id. Only items whose name holds this text, ignoring ASCII case; only items that have a price of a source of this name.");

    /// <summary>Every rule of the catalogue.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } = [ItemIds, ItemIdsConcurrently, Sources, VolumeKind, FindItems, ListItems];
}
