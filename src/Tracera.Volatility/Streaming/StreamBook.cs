using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Engine;

namespace Tracera.Volatility.Streaming;

/// <summary>The series whose ticks are added up here. Thread-safe: the sink adds, the pass reads.</summary>
/// <remarks>
/// A live series takes its ticks in order, with one update and no allocation. A tick that does not fit (late, corrected, perhaps a repetition, ahead of the clock) makes the series settle: its
/// memory is filled from the store once the store must have the tick, and then it is live again. So the result is always that of the stored ticks.
/// </remarks>
internal sealed class StreamBook(IOptions<VolatilityOptions> options, FigureWriter writer, TimeProvider time)
{
    private const long Minute = 60_000_000;
    private readonly Lock _gate = new();
    private readonly SeriesMemory _memory = new();
    private readonly Dictionary<long, int> _slots = [];
    private readonly Dictionary<int, Settling> _settling = [];
    private readonly List<int> _changed = [];
    private readonly List<SeriesKey> _keys = [];
    private readonly long _lookback = (long)options.Value.Lookback.TotalMicroseconds;

    /// <summary>How many series there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _slots.Count;
            }
        }
    }

    /// <summary>Whether metrics of the app's own need the bars, so that no series can be live.</summary>
    public bool NeedsBars => writer.Others.Count > 0;

    /// <summary>Takes ticks.</summary>
    /// <param name="ticks">The ticks, in the order in which the store gets them.</param>
    /// <returns>How many repeated what was known.</returns>
    public int Offer(ReadOnlySpan<PriceTick> ticks)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var horizon = now - (now % Minute) + Minute;
        var repeated = 0;
        lock (_gate)
        {
            foreach (ref readonly var tick in ticks)
            {
                repeated += Offer(tick, now, horizon) == TickFit.Repeated ? 1 : 0;
            }
        }

        return repeated;
    }

    /// <summary>Takes a series that the store knows, if there is room; its memory is filled by the next pass.</summary>
    public void Admit(SeriesKey series)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        lock (_gate)
        {
            if (!_slots.ContainsKey(Key(series)) && TryAdd(series, out var slot))
            {
                _settling[slot].ComputeAt = now + _lookback;
            }
        }
    }

    /// <summary>Lets go of a series.</summary>
    public void Forget(SeriesKey series)
    {
        lock (_gate)
        {
            if (_slots.Remove(Key(series), out var slot))
            {
                _settling.Remove(slot);
                _memory.Head(slot) = default;
                _memory.Return(slot);
            }
        }
    }

    /// <summary>Makes a series settle, because it was found to differ from the store.</summary>
    public void Distrust(SeriesKey series)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        lock (_gate)
        {
            if (_slots.TryGetValue(Key(series), out var slot) && _memory.Head(slot).IsLive)
            {
                Settle(slot, now, now);
            }
        }
    }

    /// <summary>Moves the live series that changed since the last call into a list.</summary>
    public void TakeChanged(List<SeriesKey> changed)
    {
        lock (_gate)
        {
            foreach (var slot in _changed)
            {
                // A series that began to settle since stands here in vain.
                ref var head = ref _memory.Head(slot);
                if (head.IsChanged)
                {
                    head.IsChanged = false;
                    changed.Add(_keys[slot]);
                }
            }

            _changed.Clear();
        }
    }

    /// <summary>Finds the series that settle: those whose memory can be filled now, and those whose figures must come from the store meanwhile.</summary>
    public (List<SeriesKey> Ready, List<SeriesKey> Due) Settlers()
    {
        var (ready, due, now) = (new List<SeriesKey>(), new List<SeriesKey>(), UnixTime.ToMicroseconds(time.GetUtcNow()));
        lock (_gate)
        {
            foreach (var (slot, settling) in _settling)
            {
                if (settling.ReadyAt <= now && !NeedsBars)
                {
                    ready.Add(_keys[slot]);
                }
                else if (settling.ComputeAt <= now)
                {
                    due.Add(_keys[slot]);
                    settling.ComputeAt = null;
                }
            }
        }

        ready.Sort(Compare);
        due.Sort(Compare);
        return (ready, due);
    }

    /// <summary>Fills one window of a series that settles.</summary>
    public void Take(SeriesWindow window)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(Key(window.Series), out var slot) && !_memory.Head(slot).IsLive)
            {
                SeriesLoader.Take(_memory, slot, window);
            }
        }
    }

    /// <summary>Makes a series live whose windows were filled, unless what arrived meanwhile says that it must wait.</summary>
    /// <param name="series">The series.</param>
    /// <param name="latest">The store's latest tick, the same before and after the windows were read; null when it has none.</param>
    /// <returns>Whether it is live.</returns>
    public bool TryRevive(SeriesKey series, in PriceTick? latest)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var horizon = now - (now % Minute) + Minute;
        lock (_gate)
        {
            if (!_slots.TryGetValue(Key(series), out var slot) || !_settling.TryGetValue(slot, out var settling) || settling.ReadyAt > now)
            {
                return false;
            }

            var observedAt = latest?.ObservedAtMicroseconds ?? 0;
            if (observedAt >= horizon || !settling.TryMissing(observedAt, out var missing))
            {
                settling.BeginAnew(Math.Max(now, observedAt) + _lookback);
                return false;
            }

            SeriesLoader.Begin(_memory, slot, latest);
            foreach (ref readonly var tick in missing)
            {
                SeriesUpdater.Add(_memory, slot, tick, horizon);
            }

            _settling.Remove(slot);
            _memory.Head(slot).IsLive = true;
            NoteChanged(slot, ref _memory.Head(slot));
            return true;
        }
    }

    /// <summary>Reads windows of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="now">The present.</param>
    /// <param name="read">Takes what could be read, a place for each window; null where the store has to be asked.</param>
    /// <returns>When the newest tick was observed; null when the series is not live.</returns>
    public long? Read(SeriesKey series, ImmutableArray<Window> windows, DateTimeOffset now, Span<WindowFigures?> read)
    {
        read.Clear();
        lock (_gate)
        {
            if (!_slots.TryGetValue(Key(series), out var slot) || !_memory.Head(slot).IsLive)
            {
                return null;
            }

            for (var i = 0; i < windows.Length; i++)
            {
                read[i] = SeriesReader.TryRead(_memory, slot, windows[i], UnixTime.ToMicroseconds(now), out var figures) ? figures : null;
            }

            return _memory.Head(slot).Newest;
        }
    }

    /// <summary>Some live series, spread over all.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="offset">Where to begin, so that every sample is another.</param>
    public List<SeriesKey> Sample(int count, int offset)
    {
        lock (_gate)
        {
            var live = _slots.Values.Where(slot => _memory.Head(slot).IsLive).Select(slot => _keys[slot]).ToList();
            var step = Math.Max(1, live.Count / Math.Max(1, count));
            var sample = Enumerable.Range(0, Math.Min(count, live.Count)).Select(i => live[((i * step) + offset) % live.Count]).Distinct().ToList();
            sample.Sort(Compare);
            return sample;
        }
    }

    private static long Key(SeriesKey series) => ((long)series.Item.Value << 32) | (uint)series.Source.Value;

    private static int Compare(SeriesKey a, SeriesKey b) => a.Item == b.Item ? a.Source.CompareTo(b.Source) : a.Item.CompareTo(b.Item);

    private TickFit Offer(in PriceTick tick, long now, long horizon)
    {
        if (!_slots.TryGetValue(Key(tick.Series), out var slot) && !TryAdd(tick.Series, out slot))
        {
            return TickFit.OutOfOrder;
        }

        ref var head = ref _memory.Head(slot);
        if (!head.IsLive)
        {
            if (NeedsBars)
            {
                _settling[slot].ComputeAt ??= now + _lookback;
            }
            else
            {
                _settling[slot].Offer(tick, now, horizon, _lookback);
            }

            return TickFit.OutOfOrder;
        }

        var fit = SeriesUpdater.Add(_memory, slot, tick, horizon);
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

    private void NoteChanged(int slot, ref SeriesHead head)
    {
        if (!head.IsChanged)
        {
            head.IsChanged = true;
            _changed.Add(slot);
        }
    }

    private void Settle(int slot, long now, long readyAt)
    {
        ref var head = ref _memory.Head(slot);
        (head.IsLive, head.IsChanged) = (false, false);
        var settling = new Settling { ComputeAt = now + _lookback };
        settling.BeginAnew(readyAt);
        _settling[slot] = settling;
    }

    private bool TryAdd(SeriesKey series, out int slot)
    {
        slot = -1;
        if (_slots.Count >= options.Value.MaxSeries)
        {
            return false;
        }

        slot = _memory.Take();
        _slots.Add(Key(series), slot);
        if (slot == _keys.Count)
        {
            _keys.Add(series);
        }

        _keys[slot] = series;
        _settling[slot] = new Settling();
        return true;
    }
}
