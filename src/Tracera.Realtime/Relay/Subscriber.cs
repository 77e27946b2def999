using Tracera.Realtime.Delivery;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>One client as the index sees it.</summary>
internal sealed class Subscriber(OutboundQueue queue)
{
    private volatile bool _batch;

    public OutboundQueue Queue { get; } = queue;

    /// <summary>What it is subscribed to. Written by its reader under the index's lock; others read it under that lock.</summary>
    public Dictionary<ItemId, Channels> Items { get; } = [];

    /// <summary>Whether its updates go out as arrays.</summary>
    public bool Batch
    {
        get => _batch;
        set => _batch = value;
    }
}
