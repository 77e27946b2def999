namespace Tracera;

/// <summary>Maps the name by which a provider knows an item onto the item that the catalogue means.</summary>
/// <remarks>
/// Called on the hot path, once for every name that a provider has not used before; the answer is kept. It must be fast, must not block
/// and must give the same answer for the same input. A name that is mapped nowhere is its own item: return the key as it came.
/// </remarks>
public interface IItemMapper
{
    /// <summary>Maps one name.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <param name="key">What the provider called the item.</param>
    /// <returns>The item that is meant.</returns>
    ItemKey Map(string provider, ItemKey key);
}
