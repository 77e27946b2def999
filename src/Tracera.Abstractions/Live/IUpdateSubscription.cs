namespace Tracera;

/// <summary>One listener's updates, in the order of each shard. Dispose it to end the subscription.</summary>
/// <remarks>
/// Bounded: a listener that falls behind loses the oldest updates, and the next batch says <see cref="UpdateBatch.Gap"/>. Of one series, prices never
/// go backwards in (observed at, received at).
/// </remarks>
public interface IUpdateSubscription : IAsyncDisposable
{
    /// <summary>Reads the updates until cancelled. Connections that break are made again, and the next batch then says <see cref="UpdateBatch.Gap"/>.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The updates; enumerate once.</returns>
    IAsyncEnumerable<UpdateBatch> ReadAsync(CancellationToken cancellationToken);
}
