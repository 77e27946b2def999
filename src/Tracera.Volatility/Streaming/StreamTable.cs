using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Kernels;

namespace Tracera.Volatility.Streaming;

/// <summary>The series that are streamed and where each stands. Not thread-safe: <see cref="StreamBook"/> guards it.</summary>
internal sealed class StreamTable(VolatilityOptions options, bool needsBars)
{
    // How many series one processor reads on its own.
    private const int Alone = 64;
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
    /// <param name="tick">The tick.</param>
    /// <param name="slot">Its series' number; -1 when it was not known a few ticks ago.</param>
    /// <param name="now">The present.</param>
    /// <param name="horizon">The end of the present minute.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TickFit Offer(in PriceTick tick, int slot, long now, long horizon)
    {
        if (slot < 0 || !Memory.Head(slot).IsLive)
        {
            return OfferToSettler(tick, now, horizon);
        }

        var fit = SeriesUpdater.Add(Memory, slot, tick, horizon);
        if (fit == TickFit.InOrder)
        {
            NoteChanged(slot, ref Memory.Head(slot));
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

    /// <summary>The slot of a series, which is added where it is not known; -1 when there is no room.</summary>
    public int FindOrAdd(SeriesKey series) => Slots.Find(series) is var slot && slot >= 0 ? slot : TryAdd(series);

    /// <summary>Makes a series settle, also one that settles already.</summary>
    public void SettleAnew(int slot, long now, long readyAt)
    {
        if (Memory.Head(slot).IsLive || !Settling.TryGetValue(slot, out var settling))
        {
            Settle(slot, now, readyAt);
            return;
        }

        settling.BeginAnew(readyAt);
        settling.ComputeAt ??= now + _lookback;
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

    /// <summary>Finds the series of some ticks, and fetches the memory that these touch.</summary>
    /// <param name="ticks">The ticks.</param>
    /// <param name="slots">Takes the series' numbers, -1 for those that are not known.</param>
    public void Prepare(ReadOnlySpan<PriceTick> ticks, Span<int> slots)
    {
        for (var i = 0; i < ticks.Length; i++)
        {
            if ((slots[i] = Slots.Find(ticks[i].Series)) >= 0)
            {
                SeriesUpdater.PrepareHead(Memory, slots[i]);
            }
        }

        // Each further line can be found only with what the one before holds, so all ticks take the first step, then all the second.
        Span<int> ends = stackalloc int[slots.Length];
        var count = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            if (slots[i] >= 0 && SeriesUpdater.EndsMinute(Memory, slots[i], ticks[i]))
            {
                ends[count++] = slots[i];
                SeriesUpdater.PrepareTail(Memory, slots[i]);
            }
        }

        foreach (var slot in ends[..count])
        {
            SeriesUpdater.PrepareBucket(Memory, slot);
        }
    }

    /// <summary>Reads windows of some series, as <see cref="StreamBook.Read"/> does.</summary>
    public void ReadMany(ReadOnlyMemory<SeriesKey> page, ImmutableArray<Window> windows, long now, Memory<WindowFigures> figures, Memory<int> read, Action<int, int>? then)
    {
        if (page.Length <= Alone)
        {
            Read(page.Span, windows, now, figures.Span, read.Span);
            then?.Invoke(0, page.Length);
        }
        else
        {
            ReadByAll(page, windows, now, figures, read, then);
        }
    }

    private void ReadByAll(ReadOnlyMemory<SeriesKey> page, ImmutableArray<Window> windows, long now, Memory<WindowFigures> figures, Memory<int> read, Action<int, int>? then) =>
        Parallel.For(0, (page.Length + Alone - 1) / Alone, part =>
        {
            var (from, count) = (part * Alone, Math.Min(Alone, page.Length - (part * Alone)));
            Read(page.Span.Slice(from, count), windows, now, figures.Span[(from * windows.Length)..], read.Span[from..]);
            then?.Invoke(from, count);
        });

    private void Read(ReadOnlySpan<SeriesKey> page, ImmutableArray<Window> windows, long now, Span<WindowFigures> figures, Span<int> read)
    {
        Span<int> slots = stackalloc int[page.Length + 2];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = i < page.Length && Slots.Find(page[i]) is var slot && slot >= 0 && Memory.Head(slot).IsLive ? slot : -1;
        }

        for (var i = 0; i < page.Length; i++)
        {
            if (slots[i + 2] >= 0)
            {
                SeriesReader.Prepare(Memory, slots[i + 2]);
            }

            read[i] = slots[i] < 0 ? 0 : Read(slots[i], slots[i + 1], windows, now, figures.Slice(i * windows.Length, windows.Length));
        }
    }

    private int Read(int slot, int next, ImmutableArray<Window> windows, long now, Span<WindowFigures> figures)
    {
        var (columns, read) = (WindowColumns.Mine, 0);
        if (next >= 0)
        {
            SeriesReader.PrepareKept(Memory, next);
        }

        for (var i = 0; i < windows.Length; i++)
        {
            if (i + 1 < windows.Length)
            {
                SeriesReader.Prepare(Memory, slot, windows[i + 1].Index, now, columns);
            }
            else if (next >= 0)
            {
                SeriesReader.Prepare(Memory, next, windows[0].Index, now, columns);
            }

            read |= SeriesReader.TryRead(Memory, slot, windows[i].Index, now, columns, out figures[i]) ? 1 << i : 0;
        }

        return read;
    }

    private TickFit OfferToSettler(in PriceTick tick, long now, long horizon)
    {
        var slot = Slots.Find(tick.Series);
        if (slot < 0 && (slot = TryAdd(tick.Series)) < 0)
        {
            return TickFit.Refused;
        }

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
}
