using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>One item: the latest values of its series and who is subscribed to it. Guarded by the index's lock.</summary>
internal sealed class ItemEntry(ItemId item)
{
    private readonly List<LatestSlot> _slots = [];

    public ItemId Item { get; } = item;

    public IReadOnlyList<LatestSlot> Slots => _slots;

    public Dictionary<Subscriber, Channels> Watchers { get; } = [];

    /// <summary>How many clients are about to subscribe.</summary>
    public int Pins { get; set; }

    public bool IsHeld => Pins > 0 || Watchers.Count > 0;

    /// <summary>The place of a series' value.</summary>
    public LatestSlot Slot(SourceId source, Window? window)
    {
        foreach (var slot in _slots)
        {
            if (slot.Source == source && ReferenceEquals(slot.Window, window))
            {
                return slot;
            }
        }

        var added = new LatestSlot(source, window);
        _slots.Add(added);
        return added;
    }
}
