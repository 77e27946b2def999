using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Configuration;
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

    // How many ticks have their memory fetched together.
    private const int Ahead = 32;
    private readonly Lock _gate = new();
    private readonly StreamTable _table = new(options.Value, writer.Others.Length > 0);
    // A window looks back over its own length and, for the price before it, over one more.
    private readonly long _reach = 2 * (long)ChosenWindows.Of(options.Value).Max(static window => window.Length).TotalMicroseconds;
    private readonly long _lookback = (long)options.Value.Lookback.TotalMicroseconds;

    /// <summary>How many series there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _table.Slots.Count;
            }
        }
    }

    /// <summary>How many bytes the memory of the series takes.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _table.Memory.Bytes;
            }
        }
    }

    /// <summary>Whether metrics of the app's own need the bars, so that no series can be live.</summary>
    public bool NeedsBars => writer.Others.Length > 0;

    /// <summary>Takes ticks.</summary>
    /// <param name="ticks">The ticks, in the order in which the store gets them.</param>
    /// <returns>How many are not counted as new.</returns>
    public StreamOffer Offer(ReadOnlySpan<PriceTick> ticks)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var horizon = EndOfMinute(now);
        var (repeated, refused) = (0, 0);
        Span<int> slots = stackalloc int[Ahead];
        lock (_gate)
        {
            for (var from = 0; from < ticks.Length; from += Ahead)
            {
                var next = ticks.Slice(from, Math.Min(Ahead, ticks.Length - from));
                _table.Prepare(next, slots[..next.Length]);
                for (var i = 0; i < next.Length; i++)
                {
                    var fit = _table.Offer(next[i], slots[i], now, horizon);
                    repeated += fit == TickFit.Repeated ? 1 : 0;
                    refused += fit == TickFit.Refused ? 1 : 0;
                }
            }
        }

        return new StreamOffer(repeated, refused);
    }

    /// <summary>Takes a series that the store knows, if there is room; its memory is filled by the next pass.</summary>
    public void Admit(SeriesKey series)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        lock (_gate)
        {
            if (_table.Slots.Find(series) < 0 && _table.TryAdd(series) is var slot && slot >= 0)
            {
                _table.Settling[slot].ComputeAt = now + _lookback;
            }
        }
    }

    /// <summary>Lets go of a series.</summary>
    public void Forget(SeriesKey series)
    {
        lock (_gate)
        {
            if (_table.Slots.Find(series) is var slot && slot >= 0)
            {
                _table.Slots.Remove(series);
                _table.Settling.Remove(slot);
                _table.Memory.Return(slot);
            }
        }
    }

    /// <summary>Makes a series settle, because it was found to differ from the store.</summary>
    public void Distrust(SeriesKey series)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        lock (_gate)
        {
            if (_table.Slots.Find(series) is var slot && slot >= 0 && _table.Memory.Head(slot).IsLive)
            {
                _table.Settle(slot, now, now);
            }
        }
    }

    /// <summary>Takes note of ticks that did not pass here and are stored: series that they are of settle, and those that are not known are taken, as far as a window reaches back to them.</summary>
    public void Backfilled(ReadOnlySpan<PriceTick> ticks)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var seen = new HashSet<SeriesKey>();
        lock (_gate)
        {
            foreach (ref readonly var tick in ticks)
            {
                // As for a late tick: read once the store must have what has passed here and is on its way there.
                if (tick.ObservedAtMicroseconds >= now - _reach && seen.Add(tick.Series) && _table.FindOrAdd(tick.Series) is var slot && slot >= 0)
                {
                    _table.SettleAnew(slot, now, now + _lookback);
                }
            }
        }
    }

    /// <summary>Moves the live series that changed since the last call into a list.</summary>
    public void TakeChanged(List<SeriesKey> changed)
    {
        lock (_gate)
        {
            foreach (var slot in _table.Changed)
            {
                // A series that began to settle since stands here in vain.
                ref var head = ref _table.Memory.Head(slot);
                if (head.IsChanged)
                {
                    head.IsChanged = false;
                    changed.Add(_table.Keys[slot]);
                }
            }

            _table.Changed.Clear();
        }
    }

    /// <summary>Finds the series that settle: those whose memory can be filled now, and those whose figures must come from the store unless they are live then.</summary>
    public (List<SeriesKey> Ready, List<SeriesKey> Due) Settlers()
    {
        var (ready, due, now) = (new List<SeriesKey>(), new List<SeriesKey>(), UnixTime.ToMicroseconds(time.GetUtcNow()));
        lock (_gate)
        {
            foreach (var (slot, settling) in _table.Settling)
            {
                if (settling.ReadyAt <= now && !NeedsBars)
                {
                    ready.Add(_table.Keys[slot]);
                }

                if (settling.ComputeAt <= now)
                {
                    due.Add(_table.Keys[slot]);
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
            if (_table.Slots.Find(window.Series) is var slot && slot >= 0 && !_table.Memory.Head(slot).IsLive)
            {
                SeriesLoader.Take(_table.Memory, slot, window);
            }
        }
    }

    /// <summary>Keeps the price before a window that the store was asked for, so that it need not be asked again until the window slides.</summary>
    public void Tell(SeriesWindow window)
    {
        lock (_gate)
        {
            if (_table.Slots.Find(window.Series) is var slot && slot >= 0 && _table.Memory.Head(slot).IsLive)
            {
                var index = window.Window.Index;
                _table.Memory.Tail(slot).Rings[index].Tell(RingLayout.IndexOf(index, UnixTime.ToMicroseconds(window.Start)), window.Prior);
            }
        }
    }

    /// <summary>Makes a series live whose windows were filled, unless what arrived meanwhile says that it must wait.</summary>
    /// <param name="series">The series.</param>
    /// <param name="latest">The store's latest tick, the same before and after the windows were read; null when it has none.</param>
    /// <param name="readFor">The instant that the windows were read for.</param>
    /// <returns>Whether it is live.</returns>
    public bool TryRevive(SeriesKey series, in PriceTick? latest, DateTimeOffset readFor)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var horizon = EndOfMinute(now);
        lock (_gate)
        {
            var slot = _table.Slots.Find(series);
            if (!_table.Settling.TryGetValue(slot, out var settling) || settling.ReadyAt > now)
            {
                return false;
            }

            var observedAt = latest?.ObservedAtMicroseconds ?? 0;
            if (observedAt >= EndOfMinute(UnixTime.ToMicroseconds(readFor)) || !settling.TryMissing(observedAt, out var missing))
            {
                settling.BeginAnew(Math.Max(now, observedAt) + _lookback);
                return false;
            }

            SeriesLoader.Begin(_table.Memory, slot, latest);
            foreach (ref readonly var tick in missing)
            {
                SeriesUpdater.Add(_table.Memory, slot, tick, horizon);
            }

            _table.Settling.Remove(slot);
            _table.Memory.Head(slot).IsLive = true;
            _table.NoteChanged(slot, ref _table.Memory.Head(slot));
            return true;
        }
    }

    /// <summary>Reads windows of some series.</summary>
    /// <param name="page">The series, each of them once.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="now">The present.</param>
    /// <param name="figures">Takes what could be read, a place for each window of each series.</param>
    /// <param name="read">Takes which windows could be read, a number for each series with a bit for each window; for the others the store has to be asked.</param>
    /// <param name="then">Called with the first place and the number of the series that were just read, by several threads at once.</param>
    /// <remarks>More than a few are read by all processors at once, while ticks wait.</remarks>
    public void Read(
        ReadOnlyMemory<SeriesKey> page, ImmutableArray<Window> windows, DateTimeOffset now, Memory<WindowFigures> figures, Memory<int> read, Action<int, int>? then = null)
    {
        var at = UnixTime.ToMicroseconds(now);
        lock (_gate)
        {
            _table.ReadMany(page, windows, at, figures, read, then);
        }
    }

    /// <summary>Whether a series takes its ticks in order, so that what it came to need not be read from the store.</summary>
    public bool IsLive(SeriesKey series) => Newest(series) is not null;

    /// <summary>When the newest tick of a series was observed; null when it is not live.</summary>
    public long? Newest(SeriesKey series)
    {
        lock (_gate)
        {
            return _table.Slots.Find(series) is var slot && slot >= 0 && _table.Memory.Head(slot).IsLive ? _table.Memory.Head(slot).Newest : null;
        }
    }

    /// <summary>Some live series, spread over all.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="offset">Where to begin, so that every sample is another.</param>
    public List<SeriesKey> Sample(int count, int offset)
    {
        lock (_gate)
        {
            var live = _table.Keys.Where((key, slot) => _table.Memory.Head(slot).IsLive && _table.Slots.Find(key) == slot).ToList();
            var step = Math.Max(1, live.Count / Math.Max(1, count));
            var sample = Enumerable.Range(0, Math.Min(count, live.Count)).Select(i => live[((i * step) + offset) % live.Count]).Distinct().ToList();
            sample.Sort(Compare);
            return sample;
        }
    }

    private static long EndOfMinute(long at) => at - (at % Minute) + Minute;

    private static int Compare(SeriesKey a, SeriesKey b) => a.Item == b.Item ? a.Source.CompareTo(b.Source) : a.Item.CompareTo(b.Item);
}
