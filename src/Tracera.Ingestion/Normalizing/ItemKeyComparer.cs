namespace Tracera.Ingestion;

/// <summary>Compares keys by name first: within one provider almost all keys have one category, often the same string.</summary>
internal readonly struct ItemKeyComparer : IEqualityComparer<ItemKey>
{
    public bool Equals(ItemKey x, ItemKey y) => string.Equals(x.Name, y.Name) && string.Equals(x.Category, y.Category);

    public int GetHashCode(ItemKey obj) => TextHash.Of(obj.Name);
}
