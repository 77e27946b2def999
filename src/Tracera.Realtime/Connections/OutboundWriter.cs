using Tracera.Realtime.Delivery;
using Tracera.Realtime.Relay;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Connections;

/// <summary>Sends what waits for one client, one drain of its queue after the other.</summary>
/// <remarks>
/// The position after an update must not promise more than was sent, and a drain is sent in the order of the queue, not of the stream. So only the last update of a
/// drain carries the position that the index had reached before the drain; those before it carry the one of the drain before.
/// </remarks>
internal sealed class OutboundWriter(Subscriber subscriber, SubscriptionIndex index, FrameSender sender, RealtimeMeters meters)
{
    private static readonly byte[] Open = "["u8.ToArray();
    private static readonly byte[] Comma = ","u8.ToArray();
    private static readonly byte[] Close = "]"u8.ToArray();
    private PositionText _position = index.Reached;

    /// <summary>Sends until a close is asked for or the client stops reading.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await subscriber.Queue.WaitAsync(cancellationToken).ConfigureAwait(false);
            var reached = index.Reached;
            var drained = subscriber.Queue.Drain();
            if (!await SendAsync(drained, reached, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            sender.Rest();
            if (drained.Resync)
            {
                index.Restore(subscriber);
            }
        }
    }

    private async ValueTask<bool> SendAsync(Drained drained, PositionText reached, CancellationToken cancellationToken)
    {
        // The client may ask for the other form meanwhile: what was drained goes out in one form.
        var batch = subscriber.Batch;
        var left = drained.Entries.Count(static entry => entry.IsUpdate);
        try
        {
            for (var i = 0; i < drained.Entries.Count && drained.CloseCode == 0; i++)
            {
                var entry = drained.Entries[i];
                _position = entry.RewindsTo ?? _position;
                var isLast = entry.IsUpdate && left == 1 && !drained.Resync;
                var opens = batch && entry.IsUpdate && (i == 0 || !drained.Entries[i - 1].IsUpdate);
                var closes = !batch || !entry.IsUpdate || i + 1 == drained.Entries.Count || !drained.Entries[i + 1].IsUpdate;
                if (!await SendOneAsync(entry, isLast ? reached : _position, (batch, opens, closes), cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                left -= entry.IsUpdate ? 1 : 0;
                meters.Sent.Add(entry.IsUpdate ? 1 : 0);
            }

            _position = drained.Resync ? _position : reached;
            return drained.CloseCode == 0;
        }
        finally
        {
            meters.Dropped.Add(left);
        }
    }

    private async ValueTask<bool> SendOneAsync(
        OutboundEntry entry, PositionText position, (bool Batch, bool Opens, bool Closes) form, CancellationToken cancellationToken)
    {
        if (!entry.IsUpdate)
        {
            foreach (var part in entry.Body)
            {
                if (!await sender.AppendAsync(part, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return await sender.EndMessageAsync(cancellationToken).ConfigureAwait(false);
        }

        // The position stands in the place of the closing brace.
        return (!form.Opens || await sender.AppendAsync(Open, cancellationToken).ConfigureAwait(false))
            && await sender.AppendAsync(entry.Body[0][..^1], cancellationToken).ConfigureAwait(false)
            && await sender.AppendAsync(position.Tail, cancellationToken).ConfigureAwait(false)
            && (!form.Batch || await sender.AppendAsync(form.Closes ? Close : Comma, cancellationToken).ConfigureAwait(false))
            && (!form.Closes || await sender.EndMessageAsync(cancellationToken).ConfigureAwait(false));
    }
}
