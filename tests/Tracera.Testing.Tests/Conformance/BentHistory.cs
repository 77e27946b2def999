namespace Tracera.Testing.Tests;

/// <summary>A history with answers that a test says; without, the inner one's.</summary>
internal sealed class BentHistory(IPriceHistory inner) : IPriceHistory
{
    public Func<BarQuery, BarQuery> BarQuery { get; init; } = query => query;

    public Func<Page<Bar>, Page<Bar>> Bars { get; init; } = page => page;

    public Func<TickQuery, TickQuery> TickQuery { get; init; } = query => query;

    public Func<Page<PriceTick>, Page<PriceTick>> Ticks { get; init; } = page => page;

    public Func<IReadOnlyList<ItemId>, DateTimeOffset, CancellationToken, ValueTask<IReadOnlyList<PriceTick>>> Latest { get; init; } = inner.GetLatestAsync;

    public Func<SeriesWindow, SeriesWindow> Window { get; init; } = window => window;

    public Func<IReadOnlyList<SeriesKey>, IReadOnlyList<SeriesKey>> WindowOrder { get; init; } = series => series;

    /// <summary>Whether windows hold whatever comes after them as well.</summary>
    public bool IsOpenEnded { get; init; }

    public TimeSpan SeriesLater { get; init; }

    public async ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken) =>
        Bars(await inner.GetBarsAsync(BarQuery(query), cancellationToken));

    public async ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken) =>
        Ticks(await inner.GetTicksAsync(TickQuery(query), cancellationToken));

    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken) =>
        Latest(items, now, cancellationToken);

    public IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.ReadWindowsAsync(WindowOrder(series), window, now, cancellationToken)
            .Select(async (entry, token) => IsOpenEnded ? await ToTheEndAsync(entry, token) : Window(entry));

    public IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, CancellationToken cancellationToken) =>
        inner.ReadSeriesAsync(receivedSince + SeriesLater, cancellationToken);

    private async ValueTask<SeriesWindow> ToTheEndAsync(SeriesWindow entry, CancellationToken cancellationToken)
    {
        var bars = await inner.GetBarsAsync(
            new BarQuery(entry.Series, entry.Window.Level, entry.Start, entry.Start.AddYears(1), new PageRequest(5_000)), cancellationToken);
        return entry with { Bars = bars.Items.ToArray() };
    }
}
