namespace Tracera;

/// <summary>Something that is priced.</summary>
/// <param name="Id">The catalogue's number for it.</param>
/// <param name="Key">Its category and name.</param>
public sealed record Item(ItemId Id, ItemKey Key)
{
    /// <summary>The item's category, for example <c>steam:730</c>.</summary>
    public string Category => Key.Category;

    /// <summary>The item's name within its category.</summary>
    public string Name => Key.Name;
}
