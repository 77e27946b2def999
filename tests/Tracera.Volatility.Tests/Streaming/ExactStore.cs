using System.Runtime.CompilerServices;

namespace Tracera.Volatility.Tests.Streaming;

/// <summary>A store in memory with exact sums a bucket, fast enough for millions of ticks: one row a key, the later receipt wins.</summary>
internal sealed class ExactStore : IPriceHistory
{
    private readonly Dictionary<SeriesKey, ExactSeries> _series = [];

    /// <summary>How many windows were read.</summary>
    public int WindowsRead { get; private set; }

    public IEnumerable<SeriesKey> Series => _series.Keys;

    public void Write(in PriceTick tick)
    {
        if (!_series.TryGetValue(tick.Series, out var series))
        {
            _series.Add(tick.Series, series = new ExactSeries());
        }

        series.Write(tick);
    }

    public SeriesWindow Window(SeriesKey key, Window window, DateTimeOffset now)
    {
        var start = window.StartAt(now);
        return _series.TryGetValue(key, out var series)
            ? new SeriesWindow(key, window, start, series.Bars(window, UnixTime.ToMicroseconds(start)), series.Prior(window, UnixTime.ToMicroseconds(start)))
            : new SeriesWindow(key, window, start, default, null);
    }

    public async IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var key in series)
        {
            WindowsRead++;
            yield return Window(key, window, now);
        }
    }

    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken) =>
        new([.. items.Select(item => new SeriesKey(item, new SourceId(1))).Where(_series.ContainsKey).Select(key => _series[key].Latest(key))]);

    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var key in _series.Keys.OrderBy(key => key.Item))
        {
            yield return key;
        }
    }

    public ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
}
