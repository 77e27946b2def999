namespace Tracera.Postgres;

/// <summary>Divides a part into ticks that are taken to be new and ticks that may be known, by what was written before. Used again for every batch.</summary>
/// <remarks>A guess that decides which way a tick goes first, and never what becomes of it. Not thread-safe.</remarks>
internal sealed class PartDivision
{
    // With more doubtful ticks than one in so many, dividing costs more than it saves.
    private const int MostDoubtful = 3;
    private readonly SeriesMarks _marks = new();
    private readonly List<int> _places = [];
    private readonly HashSet<(SeriesKey Series, long At)> _keys = [];
    private PriceTick[] _ticks = [];
    private int _certain;
    private int _doubtful;

    /// <summary>Whether some ticks may be known, and most are not.</summary>
    public bool IsWorthwhile { get; private set; }

    /// <summary>The ticks of keys that are taken to be new, once each.</summary>
    public TickPart Certain => new(_ticks.AsMemory(0, _certain), 0, 1);

    /// <summary>The other ticks, among them every one of a key that occurs more than once.</summary>
    public TickPart Doubtful => new(_ticks.AsMemory(_certain, _doubtful), 0, 1);

    /// <summary>Divides a part, and notes its ticks as written.</summary>
    public void Divide(in TickPart part)
    {
        var ticks = part.Ticks.Span;
        _places.Clear();
        var count = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            ref readonly var tick = ref ticks[i];
            if (!part.Holds(tick))
            {
                continue;
            }

            count++;
            ref var mark = ref _marks.Of(tick.Series);
            if (tick.ObservedAtMicroseconds > mark)
            {
                mark = tick.ObservedAtMicroseconds;
            }
            else
            {
                _places.Add(i);
            }
        }

        IsWorthwhile = _places.Count > 0 && _places.Count * MostDoubtful <= count;
        if (IsWorthwhile)
        {
            Gather(part, count);
        }
    }

    /// <summary>Forgets the series of a part that was not written after all.</summary>
    public void Forget(in TickPart part)
    {
        foreach (ref readonly var tick in part.Ticks.Span)
        {
            if (part.Holds(tick))
            {
                _marks.Of(tick.Series) = long.MinValue;
            }
        }
    }

    private void Gather(in TickPart part, int count)
    {
        var ticks = part.Ticks.Span;
        var latest = long.MinValue;
        _keys.Clear();
        foreach (var place in _places)
        {
            ref readonly var tick = ref ticks[place];
            _keys.Add((tick.Series, tick.ObservedAtMicroseconds));
            latest = Math.Max(latest, tick.ObservedAtMicroseconds);
        }

        // The certain ones from the front, the doubtful ones from the back; a key is on one side only, since the batch is folded by key.
        _ticks = _ticks.Length < count ? new PriceTick[count] : _ticks;
        (_certain, _doubtful) = (0, 0);
        foreach (ref readonly var tick in ticks)
        {
            if (!part.Holds(tick))
            {
                continue;
            }

            if (tick.ObservedAtMicroseconds <= latest && _keys.Contains((tick.Series, tick.ObservedAtMicroseconds)))
            {
                _ticks[count - ++_doubtful] = tick;
            }
            else
            {
                _ticks[_certain++] = tick;
            }
        }

        _ticks.AsSpan(_certain, _doubtful).Reverse();
    }
}
