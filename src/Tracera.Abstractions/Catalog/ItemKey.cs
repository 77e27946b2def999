namespace Tracera;

/// <summary>What makes an item unique: the category it belongs to and its name there.</summary>
/// <remarks>Both parts are compared ordinally. A version is part of the name (<c>★ Karambit | Doppler - Ruby</c>).</remarks>
/// <param name="Category">The catalogue's division, for example <c>steam:730</c> or <c>binance:spot</c>.</param>
/// <param name="Name">The item's name within the category, as the venue writes it.</param>
public readonly record struct ItemKey(string Category, string Name)
{
    /// <summary>The key as <c>category/name</c>, for logs and messages.</summary>
    public override string ToString() => $"{Category}/{Name}";
}
