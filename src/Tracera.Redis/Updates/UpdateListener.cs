using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The one subscription of this process, and how it is known to work: by a message to itself that comes back.</summary>
/// <remarks>
/// Messages of one connection come in the order in which Redis took them. So when a message comes back, everything that the streams held before it was sent has come
/// too, or was lost. That also tells of a connection that broke and was made anew, whichever way the client did it. One caller at a time, but for the handler.
/// </remarks>
internal sealed class UpdateListener(
    RedisConnection connection, RedisLayout layout, UpdateFeed feed, IOptions<RedisOptions> options, TimeProvider time, ILogger<UpdateListener> logger)
{
    private readonly byte[] _instance = Guid.NewGuid().ToByteArray();
    private readonly TaskCompletionSource _following = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _awaited;
    private volatile byte[]? _probe;
    private ISubscriber? _subscriber;
    private bool _isLate;
    private long _probes;

    /// <summary>Ends when the updates have been followed for the first time.</summary>
    public Task Following => _following.Task;

    /// <summary>Says that a listener joined before the updates were followed.</summary>
    public void JoinedEarly() => Volatile.Write(ref _isLate, true);

    /// <summary>Checks that everything up to some points has come.</summary>
    /// <returns>Whether the place of a shard is in doubt.</returns>
    /// <exception cref="TimeoutException">The subscription is silent.</exception>
    public async Task<bool> ConfirmAsync(IReadOnlyList<StreamPoint> located, CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken).ConfigureAwait(false);
        var awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_awaited, _probe) = (awaited, [.. _instance, .. BitConverter.GetBytes(++_probes)]);
        await connection.AskAsync(connection.Subscriber.PublishAsync(layout.Probe, _probe), cancellationToken).ConfigureAwait(false);
        await awaited.Task.WaitAsync(options.Value.OperationTimeout, time, cancellationToken).ConfigureAwait(false);
        if (_following.TrySetResult())
        {
            FeedLog.Following(logger);
            if (Volatile.Read(ref _isLate))
            {
                feed.ConfirmLate(located);
                return false;
            }
        }

        return feed.Confirm(located);
    }

    /// <summary>Gives the subscription up, so that the next check makes it anew.</summary>
    public async Task LeaveAsync()
    {
        if (_subscriber is { } subscriber)
        {
            _subscriber = null;
            var leaving = subscriber.UnsubscribeAsync(layout.Pattern, OnMessage).WaitAsync(options.Value.OperationTimeout, time, CancellationToken.None);
            await leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (_subscriber is null)
        {
            var subscriber = connection.Subscriber;
            _subscriber = subscriber;
            await subscriber.SubscribeAsync(layout.Pattern, OnMessage)
                .WaitAsync(options.Value.OperationTimeout, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void OnMessage(RedisChannel channel, RedisValue message)
    {
        var name = (string)channel!;
        if ((byte[]?)message is not { } bytes)
        {
            return;
        }

        if (layout.Find(name) is { } shard)
        {
            feed.Take(shard, name, bytes);
        }
        else if (_probe is { } probe && bytes.AsSpan().SequenceEqual(probe))
        {
            _ = _awaited?.TrySetResult();
        }
    }
}
