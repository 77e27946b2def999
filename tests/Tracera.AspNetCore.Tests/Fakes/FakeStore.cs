using System.Globalization;

namespace Tracera.AspNetCore.Tests;

/// <summary>Catalogue and history in memory, that count calls and can be away.</summary>
internal sealed class FakeStore : IItemCatalog, IPriceHistory
{
    public List<Item> Items { get; } = [];

    public List<Source> Sources { get; } = [];

    public List<PriceTick> Ticks { get; } = [];

    public List<Bar> Bars { get; } = [];

    public List<string> Calls { get; } = [];

    /// <summary>From when on the bars of a level are kept; those of a level that is not named are all.</summary>
    public Dictionary<BarLevel, DateTimeOffset> KeptFrom { get; } = [];

    public List<BarQuery> BarQueries { get; } = [];

    public Exception? Failure { get; set; }

    public Item AddItem(string name, string category = "steam:730")
    {
        Items.Add(new Item(new ItemId(Items.Count + 1), new ItemKey(category, name)));
        return Items[^1];
    }

    public Source AddSource(string name, string provider, Currency currency, VolumeKind kind = VolumeKind.Stock)
    {
        Sources.Add(new Source(new SourceId(Sources.Count + 1), provider, new SourceDescriptor(name, currency, PriceKind.LowestAsk, kind)));
        return Sources[^1];
    }

    public PriceTick AddTick(Item item, Source source, decimal price, DateTimeOffset at, decimal? volume = null)
    {
        var observed = UnixTime.ToMicroseconds(at);
        Ticks.Add(new PriceTick(item.Id, source.Id, price, volume, observed, observed + 1_500_000));
        return Ticks[^1];
    }

    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<Item>>("items", () => [.. Items.Where(item => ids.Contains(item.Id))]);

    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => Answer("list", () => Page(
        Items.Where(item => query.Search is null || item.Name.Contains(query.Search, StringComparison.OrdinalIgnoreCase))
            .Where(item => query.Source is null || Ticks.Any(tick => tick.Item == item.Id && NameOf(tick) == query.Source)),
        query.Page));

    public ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<Source>>("sources", () => [.. Sources]);

    public ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken)
    {
        BarQueries.Add(query);
        return Answer("bars", () => Page(Bars.Where(bar => bar.Start >= query.Level.Floor(query.From) && bar.Start < query.To && bar.Start >= KeptFrom.GetValueOrDefault(query.Level)), query.Page));
    }

    public ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken) => Answer("ticks", () => Page(
        Ticks.Where(tick => tick.Item == query.Item && (query.Source is null || tick.Source == query.Source))
            .Where(tick => tick.ObservedAt >= query.From && tick.ObservedAt < query.To)
            .OrderBy(tick => tick.ObservedAtMicroseconds),
        query.Page));

    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(
        IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<PriceTick>>("latest", () => Latest(items));

    public IReadOnlyList<PriceTick> Latest(IReadOnlyList<ItemId> items) =>
        [.. Ticks.Where(tick => items.Contains(tick.Item)).GroupBy(tick => tick.Series).Select(series => series.MaxBy(tick => tick.ObservedAtMicroseconds)).OrderBy(tick => tick.Item).ThenBy(tick => tick.Source)];

    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public static Page<T> Page<T>(IEnumerable<T> rows, PageRequest request)
    {
        var start = 0;
        if (request.Cursor is { } cursor && !(cursor.StartsWith('@') && int.TryParse(cursor[1..], CultureInfo.InvariantCulture, out start)))
        {
            throw new FormatException($"'{cursor}' is not a cursor of this list.");
        }

        var all = rows.ToList();
        var page = all.Skip(start).Take(request.Limit).ToList();
        var end = start + page.Count;
        return new Page<T>(page, end < all.Count ? string.Create(CultureInfo.InvariantCulture, $"@{end}") : null);
    }

    private string NameOf(PriceTick tick) => Sources.Single(source => source.Id == tick.Source).Name;

    private ValueTask<T> Answer<T>(string call, Func<T> read)
    {
        Calls.Add(call);
        return Failure is null ? ValueTask.FromResult(read()) : ValueTask.FromException<T>(Failure);
    }
}
