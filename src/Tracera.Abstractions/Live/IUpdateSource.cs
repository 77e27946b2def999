namespace Tracera;

/// <summary>Gives the live updates of every shard to whoever subscribes.</summary>
/// <remarks>Thread-safe. Several subscriptions may be open at once; each gets every update.</remarks>
public interface IUpdateSource
{
    /// <summary>Subscribes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A subscription that already takes part: every update published after this call has ended is in it.</returns>
    ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken);
}
