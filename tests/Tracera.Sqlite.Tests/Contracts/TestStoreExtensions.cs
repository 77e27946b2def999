namespace Tracera.Sqlite.Tests;

/// <summary>What many tests do with a store.</summary>
internal static class TestStoreExtensions
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SeriesKey> SeriesAsync(this ITestStore store, string name = "item", VolumeKind volumes = VolumeKind.Traded, string source = "market")
    {
        var ids = await store.Catalog.GetOrAddItemsAsync([new ItemKey("steam:730", name)], Token);
        var known = await store.Catalog.GetOrAddSourceAsync("provider", new SourceDescriptor(source + volumes, Currency.Usd, VolumeKind: volumes), Token);
        return new SeriesKey(ids[0], known.Id);
    }

    public static PriceTick Tick(this SeriesKey series, DateTimeOffset at, decimal price, decimal? volume = null, double receivedAfter = 0) => new(
        series.Item,
        series.Source,
        price,
        volume,
        UnixTime.ToMicroseconds(at),
        UnixTime.ToMicroseconds(at.AddSeconds(receivedAfter)));

    public static async Task<WriteOutcome> WriteAsync(this ITestStore store, params PriceTick[] ticks) =>
        await store.Sink.WriteAsync(Batch(ticks), Token);

    public static PriceBatch Batch(params PriceTick[] ticks) => new(Guid.NewGuid(), new RunId(Guid.NewGuid()), "provider", ticks);

    public static async Task<List<PriceTick>> TicksAsync(this ITestStore store, SeriesKey series)
    {
        var ticks = new List<PriceTick>();
        var page = new PageRequest(1_000);
        while (true)
        {
            var read = await store.History.GetTicksAsync(
                new TickQuery(series.Item, series.Source, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, page), Token);
            ticks.AddRange(read.Items);
            if (read.Next is null)
            {
                return ticks;
            }

            page = page with { Cursor = read.Next };
        }
    }

    public static async Task<List<Bar>> BarsAsync(this ITestStore store, SeriesKey series, BarLevel level, int pageSize = 5_000)
    {
        var bars = new List<Bar>();
        var page = new PageRequest(pageSize);
        while (true)
        {
            var read = await store.History.GetBarsAsync(
                new BarQuery(series, level, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, page), Token);
            bars.AddRange(read.Items);
            if (read.Next is null)
            {
                return bars;
            }

            page = page with { Cursor = read.Next };
        }
    }
}
