using System.Runtime.InteropServices;

namespace Tracera.Sqlite;

/// <summary>Reads one window of a group of series, bucket after bucket.</summary>
/// <remarks>
/// A bucket's bars lie together in the file. Where the ids of the group lie close together the bucket is scanned once for all, otherwise each series is looked up.
/// The bars of the window's own level reach back far enough to hold the price before it, exactly, also when the ticks are gone.
/// </remarks>
internal sealed class WindowReader
{
    private const int Sparse = 4;
    private readonly BarTable _bars;
    private readonly BarFloors _floors;
    private readonly SeriesKey[] _series;
    private readonly Window _window;
    private readonly long _start;
    private readonly Dictionary<SeriesKey, List<Bar>> _found = [];
    private readonly Dictionary<SeriesKey, decimal> _prior = [];
    private readonly ItemId _first;
    private readonly ItemId _last;

    public WindowReader(SqliteSession session, SeriesKey[] series, Window window, DateTimeOffset now)
    {
        _bars = new BarTable(session);
        _floors = new BarFloors(session);
        _series = series;
        _window = window;
        _start = UnixTime.ToMicroseconds(window.StartAt(now));
        _first = series.Min(static key => key.Item);
        _last = series.Max(static key => key.Item);
        foreach (var key in series)
        {
            _found.TryAdd(key, []);
        }
    }

    private bool IsDense => _last.Value - _first.Value < (long)Sparse * _series.Length;

    public List<SeriesWindow> Read(CancellationToken cancellationToken)
    {
        var width = _window.Level.WidthMicroseconds();
        for (var bucket = 0; bucket < _window.Buckets; bucket++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (series, bar) in BarsOf(_start + (bucket * width)))
            {
                AddBar(series, bar);
            }
        }

        ReadPrior(width, cancellationToken);
        return _series.Select(ToWindow).ToList();
    }

    private void AddBar(SeriesKey series, BarState bar)
    {
        if (_found.TryGetValue(series, out var bars))
        {
            bars.Add(bar.ToBar());
            if (bar.OpenAt == _start)
            {
                _prior[series] = bar.Open;
            }
        }
    }

    private void ReadPrior(long width, CancellationToken cancellationToken)
    {
        var oldest = Math.Max(
            _start - (_window.Buckets * width), (_floors.Oldest(_window.Level) ?? long.MaxValue / UnixTime.MicrosecondsPerSecond) * UnixTime.MicrosecondsPerSecond);
        for (var start = _start - width; start >= oldest && _prior.Count < _found.Count; start -= width)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (series, bar) in BarsOf(start))
            {
                if (_found.ContainsKey(series))
                {
                    _prior.TryAdd(series, bar.Close);
                }
            }
        }
    }

    private IEnumerable<(SeriesKey Series, BarState Bar)> BarsOf(long start) =>
        IsDense ? _bars.Scan(_window.Level, start, _first, _last) : LookUp(start);

    private IEnumerable<(SeriesKey Series, BarState Bar)> LookUp(long start)
    {
        foreach (var series in _found.Keys)
        {
            if (_bars.Find(_window.Level, start, series) is { } bar)
            {
                yield return (series, bar);
            }
        }
    }

    private SeriesWindow ToWindow(SeriesKey series) => new(
        series,
        _window,
        UnixTime.FromMicroseconds(_start),
        CollectionsMarshal.AsSpan(_found[series]).ToArray(),
        _prior.TryGetValue(series, out var prior) ? prior : null);
}
