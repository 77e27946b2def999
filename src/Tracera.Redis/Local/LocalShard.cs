namespace Tracera.Redis;

/// <summary>The items of one shard that were asked for, as they stand at the last update that came. Thread-safe.</summary>
/// <remarks>
/// <para>
/// An item is held from before it is read from Redis, so that no update after the reading passes it by; the newer tick stays, whichever came first. Where updates may
/// have been missed, everything is given up. When there is no room, an item goes that was not asked for lately.
/// </para>
/// <para>What is here is read without the lock: the ticks of a batch are in place before the state that counts them, and a reader looks at the state first.</para>
/// </remarks>
/// <param name="capacity">How many ticks there is room for.</param>
internal sealed class LocalShard(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<LocalItem> _order = new();
    private volatile LocalState? _state;
    private int _size;

    /// <summary>Takes the next batch of the stream.</summary>
    public void Take(UpdateBatch batch)
    {
        lock (_gate)
        {
            if (_state is not { } state || batch.Gap)
            {
                _order.Clear();
                _size = 0;
                _state = new LocalState(batch.Point, new());
                return;
            }

            if (_order.Count > 0)
            {
                Take(state, batch.Prices.Span);
            }

            _state = state with { Point = batch.Point };
        }
    }

    /// <summary>Begins at a place of the stream up to which every update has come, where no update has come yet.</summary>
    public void Begin(StreamPoint point)
    {
        lock (_gate)
        {
            _state ??= new LocalState(point, new());
        }
    }

    /// <summary>Finds an item, provided that every update up to a place of the stream has come.</summary>
    /// <param name="item">The item.</param>
    /// <param name="located">Where the stream stands in Redis.</param>
    /// <param name="found">The item; when it is not here, what is to be loaded from Redis, or null while updates are on their way.</param>
    /// <returns>Whether it is here.</returns>
    public bool TryFind(ItemId item, StreamPoint located, out LocalItem? found)
    {
        found = null;
        if (_state is not { } state || !state.Covers(located))
        {
            return false;
        }

        if (state.Items.TryGetValue(item, out var known) && known.IsLoaded)
        {
            known.WasUsed = true;
            found = known;
            return true;
        }

        found = Hold(item);
        return false;
    }

    /// <summary>Takes what Redis held of an item, read after <see cref="TryFind"/> gave it out.</summary>
    public void Load(LocalItem item, ReadOnlySpan<PriceTick> ticks)
    {
        lock (_gate)
        {
            // What was given up meanwhile is changed too, and nobody sees it.
            var isHeld = _state?.Items.GetValueOrDefault(item.Item) == item;
            var before = item.Size;
            foreach (ref readonly var tick in ticks)
            {
                item.Take(tick);
            }

            item.IsLoaded = true;
            _size += isHeld ? item.Size - before : 0;
            MakeRoom();
        }
    }

    private void Take(LocalState state, ReadOnlySpan<PriceTick> ticks)
    {
        foreach (ref readonly var tick in ticks)
        {
            if (state.Items.TryGetValue(tick.Item, out var item))
            {
                var before = item.Size;
                item.Take(tick);
                _size += item.Size - before;
            }
        }

        MakeRoom();
    }

    private LocalItem? Hold(ItemId item)
    {
        lock (_gate)
        {
            if (capacity == 0 || _state is not { } state)
            {
                return null;
            }

            if (state.Items.TryGetValue(item, out var known))
            {
                known.WasUsed = true;
                return known;
            }

            var added = new LocalItem(item);
            state.Items[item] = added;
            _order.Enqueue(added);
            _size += added.Size;
            MakeRoom();
            return added;
        }
    }

    private void MakeRoom()
    {
        while (_size > capacity && _order.TryDequeue(out var oldest))
        {
            if (oldest.WasUsed)
            {
                oldest.WasUsed = false;
                _order.Enqueue(oldest);
            }
            else
            {
                _ = _state!.Items.TryRemove(oldest.Item, out _);
                _size -= oldest.Size;
            }
        }
    }
}
