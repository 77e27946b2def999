namespace Tracera;

/// <summary>Keeps the catalogue's sources beside the latest prices, so that a host which starts while the store is away can name what the cache holds.</summary>
/// <remarks>
/// Thread-safe, and of no consequence while it is away itself: what cannot be kept is not kept, and what cannot be read is not there. Whoever has read the sources from the
/// catalogue puts them, and asks for them only when the catalogue cannot be reached. Sources never change and are never removed, so what is kept may lack some but is never wrong.
/// </remarks>
public interface ISourceCache
{
    /// <summary>Keeps the sources in place of those that were kept before.</summary>
    /// <param name="sources">Every source of the catalogue.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are kept, or cannot be.</returns>
    ValueTask PutAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken);

    /// <summary>Reads what is kept.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sources in ascending order of id; none where nothing is kept or the cache is away.</returns>
    ValueTask<IReadOnlyList<Source>> GetAsync(CancellationToken cancellationToken);
}
