namespace Tracera;

/// <summary>Reads the latest values from the cache, or from the store while the cache is away.</summary>
/// <remarks>Thread-safe. To miss nothing, subscribe to the <see cref="IUpdateSource"/> first and read the snapshot then.</remarks>
public interface ISnapshotReader
{
    /// <summary>Reads the latest values of some items.</summary>
    /// <param name="items">The items; unknown ones are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The values and the position they stand for.</returns>
    ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken);

    /// <summary>Reads the latest ticks of some items, without their figures, which may cost more to read than the ticks.</summary>
    /// <param name="items">The items; unknown ones are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ticks and the position they stand for.</returns>
    ValueTask<Snapshot> ReadPricesAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken) => ReadAsync(items, cancellationToken);

    /// <summary>Reads the latest tick of every series there is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The values, without figures, and the position they stand for.</returns>
    ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken);
}
