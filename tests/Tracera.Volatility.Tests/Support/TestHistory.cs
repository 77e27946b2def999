using System.Runtime.CompilerServices;

namespace Tracera.Volatility.Tests.Support;

/// <summary>A store in memory that makes bars of ticks by the exact sums, as real stores do; it records what it is asked and can be away.</summary>
internal sealed class TestHistory : IPriceHistory
{
    private readonly Lock _gate = new();
    private readonly List<PriceTick> _ticks = [];
    private readonly List<DateTimeOffset> _asked = [];
    private readonly List<(Window Window, int Series)> _reads = [];
    private readonly List<SeriesKey> _read = [];

    /// <summary>When set, every call fails with it.</summary>
    public Exception? Fault { get; set; }

    /// <summary>When set, reading windows waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>When set, called whenever windows are read.</summary>
    public Action? OnWindows { get; set; }

    public int Running { get; private set; }

    public int MostRunning { get; private set; }

    public IReadOnlyList<DateTimeOffset> Asked => Locked(() => _asked.ToArray());

    public IReadOnlyList<(Window Window, int Series)> Reads => Locked(() => _reads.ToArray());

    public IReadOnlyList<SeriesKey> SeriesRead => Locked(() => _read.ToArray());

    public PriceTick Add(SeriesKey series, decimal price, DateTimeOffset observedAt, DateTimeOffset? receivedAt = null)
    {
        var tick = new PriceTick(
            series.Item, series.Source, price, null, UnixTime.ToMicroseconds(observedAt), UnixTime.ToMicroseconds(receivedAt ?? observedAt));
        lock (_gate)
        {
            _ticks.Add(tick);
        }

        return tick;
    }

    public void ForgetReads() => Locked(() =>
    {
        _asked.Clear();
        _reads.Clear();
        _read.Clear();
        return 0;
    });

    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(
        DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var since = UnixTime.ToMicroseconds(receivedSince);
        var found = Locked(() =>
        {
            _asked.Add(receivedSince);
            return _ticks.Where(tick => tick.ReceivedAtMicroseconds >= since).Select(tick => tick.Series).Distinct()
                .OrderBy(series => series.Item).ThenBy(series => series.Source).ToArray();
        });
        foreach (var series in found)
        {
            ThrowIfAway();
            yield return series;
        }

        ThrowIfAway();
    }

    public async IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Locked(() =>
        {
            _reads.Add((window, series.Count));
            _read.AddRange(series);
            MostRunning = Math.Max(MostRunning, ++Running);
            return 0;
        });
        try
        {
            await Gate.WaitAsync(cancellationToken);
            OnWindows?.Invoke();
            foreach (var key in series)
            {
                ThrowIfAway();
                yield return Locked(() => TickBars.Window(key, window, now, _ticks.Where(tick => tick.Series == key)));
            }
        }
        finally
        {
            Locked(() => Running--);
        }
    }

    public ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return new(Locked(() => _ticks.Where(tick => items.Contains(tick.Item) && tick.ObservedAtMicroseconds <= UnixTime.ToMicroseconds(now))
            .GroupBy(tick => tick.Series).Select(ticks => ticks.MaxBy(tick => tick.ObservedAtMicroseconds)).OrderBy(tick => tick.Item).ThenBy(tick => tick.Source).ToArray()));
    }

    private void ThrowIfAway()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
