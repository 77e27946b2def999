namespace Tracera.Volatility.Streaming;

/// <summary>The series that are streamed and where each stands. Not thread-safe: <see cref="StreamBook"/> guards it.</summary>
internal sealed class StreamTable(VolatilityOptions options, bool needsBars)
{
    // How many ticks ahead memory is fetched: the head first, then what the end of a minute touches.
    private const int Far = 16;
    private const int Near = 8;
    private readonly long _lookback = (long)options.Lookback.TotalMicroseconds;

    /// <summary>The memory of the series.</summary>
    public SeriesMemory Memory { get; } = new();

    /// <summary>The numbers of the series.</summary>
    public SlotIndex Slots { get; } = new();

    /// <summary>The series that are not live.</summary>
    public Dictionary<int, Settling> Settling { get; } = [];

    /// <summary>The live series that changed; some may have begun to settle since.</summary>
    public List<int> Changed { get; } = [];

    /// <summary>The series of each number.</summary>
    public List<SeriesKey> Keys { get; } = [];

    /// <summary>Takes a tick.</summary>
    public TickFit Offer(in PriceTick tick, long now, long horizon)
    {
        var slot = Slots.Find(tick.Series);
        if (slot < 0 && (slot = TryAdd(tick.Series)) < 0)
        {
            return TickFit.OutOfOrder;
        }

        ref var head = ref Memory.Head(slot);
        if (!head.IsLive)
        {
            if (needsBars)
            {
                Settling[slot].ComputeAt ??= now + _lookback;
            }
            else
            {
                Settling[slot].Offer(tick, now, horizon, _lookback);
            }

            return TickFit.OutOfOrder;
        }

        var fit = SeriesUpdater.Add(Memory, slot, tick, horizon);
        if (fit == TickFit.InOrder)
        {
            NoteChanged(slot, ref head);
        }
        else if (fit == TickFit.OutOfOrder)
        {
            Settle(slot, now, Math.Max(now, tick.ObservedAtMicroseconds) + _lookback);
        }

        return fit;
    }

    /// <summary>Puts a live series into the list of those that changed.</summary>
    public void NoteChanged(int slot, ref SeriesHead head)
    {
        if (!head.IsChanged)
        {
            head.IsChanged = true;
            Changed.Add(slot);
        }
    }

    /// <summary>Makes a live series settle.</summary>
    public void Settle(int slot, long now, long readyAt)
    {
        ref var head = ref Memory.Head(slot);
        (head.IsLive, head.IsChanged) = (false, false);
        var settling = new Settling { ComputeAt = now + _lookback };
        settling.BeginAnew(readyAt);
        Settling[slot] = settling;
    }

    /// <summary>Adds a series that settles; -1 when there is no room.</summary>
    public int TryAdd(SeriesKey series)
    {
        if (Slots.Count >= options.MaxSeries)
        {
            return -1;
        }

        var slot = Memory.Take();
        Slots.Add(series, slot);
        if (slot == Keys.Count)
        {
            Keys.Add(series);
        }

        Keys[slot] = series;
        Settling[slot] = new Settling();
        return slot;
    }

    /// <summary>Fetches the memory that the ticks after this one touch.</summary>
    public void Prepare(ReadOnlySpan<PriceTick> ticks, int i)
    {
        if (i + Far < ticks.Length && Slots.Find(ticks[i + Far].Series) is var far && far >= 0)
        {
            SeriesUpdater.Prepare(Memory, far);
        }

        if (i + Near < ticks.Length && Slots.Find(ticks[i + Near].Series) is var near && near >= 0)
        {
            SeriesUpdater.Prepare(Memory, near, ticks[i + Near]);
        }
    }
}
