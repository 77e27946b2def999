namespace Tracera.Postgres;

/// <summary>The bars of one series, whose memory is used again for the next one.</summary>
internal sealed class BarList
{
    private const int FirstLength = 16;
    private Bar[] _bars = [];
    private int _count;
    private bool _isUnordered;

    /// <summary>The last price before the window, as far as it is known.</summary>
    public decimal? Prior { get; set; }

    public void Clear()
    {
        (_count, _isUnordered, Prior) = (0, false, null);
    }

    public void Add(in Bar bar)
    {
        if (_count == _bars.Length)
        {
            Array.Resize(ref _bars, Math.Max(FirstLength, _bars.Length * 2));
        }

        _isUnordered |= _count > 0 && _bars[_count - 1].StartMicroseconds > bar.StartMicroseconds;
        _bars[_count++] = bar;
    }

    /// <summary>The bars, oldest first; what was computed at the read came after what was rolled up.</summary>
    public ReadOnlyMemory<Bar> Take()
    {
        if (_isUnordered)
        {
            _bars.AsSpan(0, _count).Sort(static (left, right) => left.StartMicroseconds.CompareTo(right.StartMicroseconds));
            _isUnordered = false;
        }

        return _bars.AsMemory(0, _count);
    }
}
