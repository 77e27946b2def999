using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>Live updates of every host of the prefix.</summary>
/// <remarks>
/// While Redis is away a subscription is given all the same: it gets the updates from when Redis is back, and the first batch then says <see cref="UpdateBatch.Gap"/>.
/// </remarks>
internal sealed class RedisUpdateSource(UpdateFeed feed, UpdateListener listener, IOptions<RedisOptions> options, TimeProvider time) : IUpdateSource
{
    public async ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!listener.Following.IsCompleted)
        {
            var following = listener.Following.WaitAsync(options.Value.OperationTimeout, time, cancellationToken);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (!following.IsCompletedSuccessfully)
            {
                listener.JoinedEarly();
            }
        }

        return feed.Join();
    }
}
