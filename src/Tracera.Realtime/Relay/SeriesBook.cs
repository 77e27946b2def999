using System.Diagnostics.CodeAnalysis;
using Tracera.Realtime.Delivery;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>The latest values by item: of every item that is subscribed to, and of as many others as the capacity allows. Guarded by the index's lock.</summary>
/// <remarks>A value is encoded when the first client needs it, and once for all of them.</remarks>
internal sealed class SeriesBook(int capacity, SourceNames sources, RealtimeMeters meters) : IDisposable
{
    private readonly Dictionary<ItemId, ItemEntry> _entries = [];
    private readonly UpdateEncoder _encoder = new(meters);
    private readonly List<Subscriber> _touched = [];

    /// <summary>Sources whose values a client should have got, but that have no name yet.</summary>
    public HashSet<SourceId> Unresolved { get; } = [];

    public ItemEntry? Find(ItemId item) => _entries.GetValueOrDefault(item);

    /// <summary>The entry of an item that is subscribed to.</summary>
    public ItemEntry Hold(ItemId item)
    {
        if (!_entries.TryGetValue(item, out var entry))
        {
            _entries[item] = entry = new ItemEntry(item);
        }

        return entry;
    }

    /// <summary>Forgets an entry that nobody holds any more when there is no room for it; true when it did.</summary>
    public bool TryForget(ItemEntry entry) => !entry.IsHeld && _entries.Count > capacity && _entries.Remove(entry.Item);

    /// <summary>Takes a batch; false when there was no room to remember all of it.</summary>
    public bool Take(UpdateBatch batch)
    {
        var isWhole = true;
        foreach (ref readonly var tick in batch.Prices.Span)
        {
            isWhole &= TryTake(tick, batch.Point);
        }

        foreach (var figures in batch.Volatility)
        {
            isWhole &= TryTake(figures, batch.Point);
        }

        return isWhole;
    }

    /// <summary>Takes what of a snapshot is newer.</summary>
    public void Merge(Snapshot snapshot)
    {
        foreach (var tick in snapshot.Prices)
        {
            TryTake(tick, null);
        }

        foreach (var figures in snapshot.Volatility)
        {
            TryTake(figures, null);
        }
    }

    /// <summary>Takes out the sources that have got their names; their values were told to nobody so far.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Resolve()
    {
        var named = Unresolved.Where(source => sources.Find(source) is not null).ToHashSet();
        Unresolved.ExceptWith(named);
        foreach (var slot in named.Count == 0 ? [] : _entries.Values.SelectMany(static entry => entry.Slots).Where(slot => named.Contains(slot.Source)))
        {
            slot.IsUntold = true;
        }

        return named.Count > 0;
    }

    /// <summary>Wakes the writers of the clients that were offered something: once for a batch, and when its position stands.</summary>
    public void WakeTouched()
    {
        foreach (var subscriber in _touched)
        {
            subscriber.Queue.Wake();
        }

        _touched.Clear();
    }

    /// <summary>The values of an item that changed after a position.</summary>
    public IEnumerable<OutboundEntry> ChangesOf(ItemEntry entry, Channels channels, StreamPosition since)
    {
        foreach (var slot in entry.Slots)
        {
            if (channels.HasFlag(slot.Channel) && slot.IsAfter(since) && Encode(slot) is { } update)
            {
                yield return OutboundEntry.Update(slot, update);
            }
        }
    }

    /// <summary>The snapshot of items that a client is subscribed to; stale also where a value waits for the name of its source.</summary>
    public OutboundEntry LatestOf(Subscriber subscriber, IReadOnlyList<ItemId> items, bool isStale, PositionText position)
    {
        var (message, isWhole) = (new SnapshotMessage(), true);
        foreach (var item in items)
        {
            var channels = subscriber.Items[item];
            foreach (var slot in Find(item)?.Slots ?? [])
            {
                if (channels.HasFlag(slot.Channel))
                {
                    isWhole &= TryAdd(slot, message);
                }
            }
        }

        return new OutboundEntry(message.ToParts(isStale || !isWhole, position), IsBarrier: true);
    }

    public void Dispose() => _encoder.Dispose();

    private bool TryTake(in PriceTick tick, StreamPoint? point)
    {
        if (!TryTrack(tick.Item, out var entry))
        {
            return false;
        }

        var slot = entry.Slot(tick.Source, null);
        if (slot.TryTake(tick, point))
        {
            FanOut(entry, slot);
        }

        return true;
    }

    private bool TryTake(VolatilitySnapshot figures, StreamPoint? point)
    {
        if (!TryTrack(figures.Series.Item, out var entry))
        {
            return false;
        }

        var slot = entry.Slot(figures.Series.Source, figures.Window);
        if (slot.TryTake(figures, point))
        {
            FanOut(entry, slot);
        }

        return true;
    }

    private bool TryTrack(ItemId item, [NotNullWhen(true)] out ItemEntry? entry)
    {
        entry = Find(item) ?? (_entries.Count < capacity ? Hold(item) : null);
        return entry is not null;
    }

    private void FanOut(ItemEntry entry, LatestSlot slot)
    {
        foreach (var (subscriber, channels) in entry.Watchers)
        {
            if (channels.HasFlag(slot.Channel) && Encode(slot) is { } update)
            {
                if (subscriber.Queue.Offer(OutboundEntry.Update(slot, update)))
                {
                    _touched.Add(subscriber);
                }
            }
        }
    }

    private bool TryAdd(LatestSlot slot, SnapshotMessage message)
    {
        if (Encode(slot) is not { } update)
        {
            return false;
        }

        message.Add(slot.Channel, update[0]);
        return true;
    }

    private ReadOnlyMemory<byte>[]? Encode(LatestSlot slot)
    {
        if (sources.Find(slot.Source) is { } source)
        {
            return slot.Encode(_encoder, source);
        }

        Unresolved.Add(slot.Source);
        return null;
    }
}
