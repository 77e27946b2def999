namespace Tracera;

/// <summary>Hands computed figures to everybody who listens. Prices are published by the sink that keeps the latest ones.</summary>
/// <remarks>Thread-safe. Delivery is best-effort and bounded: a listener that missed something is told so by its <see cref="IUpdateSource"/>.</remarks>
public interface IUpdatePublisher
{
    /// <summary>Publishes figures.</summary>
    /// <param name="snapshots">The figures.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are handed over, not when they are received.</returns>
    ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken);
}
