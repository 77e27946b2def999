using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Realtime.Delivery;
using Tracera.Realtime.Relay;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Connections;

/// <summary>Subscribes and unsubscribes clients. Thread-safe; one call at a time for each client.</summary>
internal sealed class SubscriptionDesk(
    SubscriptionIndex index,
    UpdateRelay relay,
    SnapshotLoader snapshots,
    KnownItems known,
    IOptions<RealtimeOptions> options,
    TimeProvider time,
    ILogger<SubscriptionDesk> logger)
{
    public async ValueTask SubscribeAsync(Subscriber subscriber, ClientCommand command, CancellationToken cancellationToken)
    {
        var unknown = await known.FindUnknownAsync(command.Items, cancellationToken).ConfigureAwait(false);
        var (items, beyond) = Fit(subscriber, command.Items.Where(item => !unknown.Contains(item)));
        var rejected = command.Rejected.Concat(unknown.Concat(beyond).Order().Select(item => item.ToString())).ToList();
        var request = new SubscriptionRequest(command.Id, items, rejected, command.Channels, command.Since);
        subscriber.Batch = command.Batch ?? subscriber.Batch;
        if (!await TryJoinAsync(subscriber, request, cancellationToken).ConfigureAwait(false))
        {
            subscriber.Queue.Close(CloseCode.InsufficientState);
        }

        if (beyond.Count > 0)
        {
            subscriber.Queue.Add(OutboundEntry.Reply(Replies.Error(TooManyItems(command.Id, beyond.Count))));
        }
    }

    public void Unsubscribe(Subscriber subscriber, ClientCommand command)
    {
        var items = command.Items.Where(subscriber.Items.ContainsKey).ToList();
        var rejected = command.Rejected.Concat(command.Items.Except(items).Select(item => item.ToString()));
        index.Leave(subscriber, items);
        subscriber.Queue.Add(OutboundEntry.Reply(Replies.Unsubscribed(command.Id, items, rejected)));
    }

    private async ValueTask<bool> TryJoinAsync(Subscriber subscriber, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        var following = relay.Following.WaitAsync(options.Value.SnapshotTimeout, time, cancellationToken);
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!following.IsCompletedSuccessfully)
        {
            RealtimeLog.SnapshotFailed(logger, following.Exception?.InnerException);
            return false;
        }

        if (request.Since is not null && index.TryRecover(subscriber, request))
        {
            return true;
        }

        index.Pin(request.Items, 1);
        try
        {
            return await TryJoinSnapshotAsync(subscriber, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            index.Pin(request.Items, -1);
        }
    }

    // A gap while the snapshot was read makes it too old; the time-out of all tries together is the snapshot's.
    private async Task<bool> TryJoinSnapshotAsync(Subscriber subscriber, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (time.GetElapsedTime(startedAt) <= options.Value.SnapshotTimeout)
        {
            var generation = index.Generation;
            var (snapshot, failure) = await snapshots.TryReadAsync(request.Items, cancellationToken).ConfigureAwait(false);
            if (snapshot is null)
            {
                RealtimeLog.SnapshotFailed(logger, failure);
                return false;
            }

            if (index.TryJoin(subscriber, request, snapshot, generation))
            {
                return true;
            }
        }

        return false;
    }

    private (List<ItemId> Items, List<ItemId> Beyond) Fit(Subscriber subscriber, IEnumerable<ItemId> wanted)
    {
        var room = options.Value.MaxSubscriptions - subscriber.Items.Count;
        var items = new List<ItemId>();
        var beyond = new List<ItemId>();
        foreach (var item in wanted)
        {
            var fits = subscriber.Items.ContainsKey(item) || room-- > 0;
            (fits ? items : beyond).Add(item);
        }

        return (items, beyond);
    }

    private CommandFault TooManyItems(RequestId id, int beyond) =>
        new(id, ErrorCode.TooManyItems, string.Create(
            CultureInfo.InvariantCulture,
            $"{beyond} items were rejected: a connection holds at most {options.Value.MaxSubscriptions} items."));
}
