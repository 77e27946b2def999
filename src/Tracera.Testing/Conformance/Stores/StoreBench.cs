namespace Tracera.Testing;

/// <summary>What the checks of a store do with it.</summary>
internal sealed class StoreBench(StoreUnderTest store, Findings findings)
{
    public const string Provider = "conformance";

    // No list of a check is nearly as long: one that goes on does not follow its cursors.
    private const int MostPages = 1_000;
    private const int MostRows = 100_000;

    public StoreUnderTest Store { get; private set; } = store;

    public Findings Findings { get; } = findings;

    public CancellationToken Token => Findings.Token;

    public DateTimeOffset Now => Store.Now;

    /// <summary>A part of the store that is optional, for a rule about it. What cannot be looked at is not passed over in silence.</summary>
    public T? PartFor<T>(ConformanceRule rule, T? part, string property)
        where T : class
    {
        Findings.Expect(
            rule, part is not null, $"It cannot be looked at, because {nameof(StoreUnderTest)}.{property} is not set. Set it, or except the rule and say why.");
        return part;
    }

    /// <summary>Opens the store anew where its caller said how; otherwise it stays open.</summary>
    public async Task ReopenAsync()
    {
        if (Store.Reopen is { } reopen)
        {
            Store = await reopen(Token).ConfigureAwait(false);
        }
    }

    public async Task<SeriesKey> SeriesAsync(string name = "item", VolumeKind volumes = VolumeKind.Traded, string source = "market")
    {
        var ids = await Store.Catalog.GetOrAddItemsAsync([new ItemKey("steam:730", name)], Token).ConfigureAwait(false);
        var descriptor = new SourceDescriptor(source + volumes, Currency.Usd, VolumeKind: volumes);
        return new SeriesKey(ids[0], (await Store.Catalog.GetOrAddSourceAsync(Provider, descriptor, Token).ConfigureAwait(false)).Id);
    }

    public static PriceTick Tick(SeriesKey series, DateTimeOffset at, decimal price, decimal? volume = null, double receivedAfter = 0) => new(
        series.Item, series.Source, price, volume, UnixTime.ToMicroseconds(at), UnixTime.ToMicroseconds(at.AddSeconds(receivedAfter)));

    public static PriceBatch Batch(params PriceTick[] ticks) => new(Guid.NewGuid(), new RunId(Guid.NewGuid()), Provider, ticks);

    public ValueTask<WriteOutcome> WriteAsync(params PriceTick[] ticks) => Store.Sink.WriteAsync(Batch(ticks), Token);

    public Task<List<PriceTick>> TicksAsync(SeriesKey series, int pageSize = 1_000) => AllAsync(
        new TickQuery(series.Item, series.Source, Now.AddDays(-400), Now.AddDays(400), new PageRequest(pageSize)),
        query => Store.History.GetTicksAsync(query, Token),
        (query, cursor) => query with { Page = query.Page with { Cursor = cursor } });

    public Task<List<Bar>> BarsAsync(SeriesKey series, BarLevel level, int pageSize = 1_000) => AllAsync(
        new BarQuery(series, level, Now.AddDays(-400), Now.AddDays(400), new PageRequest(pageSize)),
        query => Store.History.GetBarsAsync(query, Token),
        (query, cursor) => query with { Page = query.Page with { Cursor = cursor } });

    /// <summary>Reads page after page, but not without an end.</summary>
    public static async Task<List<T>> AllAsync<TQuery, T>(TQuery query, Func<TQuery, ValueTask<Page<T>>> read, Func<TQuery, string, TQuery> next)
    {
        var all = new List<T>();
        for (var i = 0; i < MostPages; i++)
        {
            var page = await read(query).ConfigureAwait(false);
            all.AddRange(page.Items);
            if (page.Next is null)
            {
                return all;
            }

            query = next(query, page.Next);
        }

        throw new StuckException($"After {MostPages:N0} pages a list of at most a few hundred rows has not ended: {query}.");
    }

    public async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var all = new List<T>();
        await foreach (var row in rows.WithCancellation(Token).ConfigureAwait(false))
        {
            all.Add(row);
            Token.ThrowIfCancellationRequested();
            if (all.Count > MostRows)
            {
                throw new StuckException($"After {MostRows:N0} rows a list of at most a few hundred has not ended.");
            }
        }

        return all;
    }
}
