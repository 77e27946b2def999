using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>A store of nothing but levels, in memory: the same few courses of prices for any number of series. It refuses to be read in larger pieces than were agreed.</summary>
internal sealed class LevelSource(int items, BarFeed feed, int pageSize) : IPriceHistory
{
    private int _open;

    /// <summary>How many windows were read.</summary>
    public long Windows { get; private set; }

    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        for (var item = 0; item < items; item++)
        {
            yield return MetricBench.Series(item);
        }
    }

    public async IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        WrongCountException.ThrowUnless(1, ++_open, "Readings that are open at once");
        WrongCountException.ThrowUnless(0, Math.Max(0, series.Count - pageSize), "Series beyond a page");
        foreach (var key in series)
        {
            Windows++;
            yield return feed.Window(key.Item.Value - 1, window);
        }

        _open--;
    }

    public ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
