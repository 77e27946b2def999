namespace Tracera.Sqlite.Tests;

public sealed class HistoryContractTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 34, 56, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetLatest_TickAheadOfNow_AppearsWhenItsTimeHasCome()
    {
        await using var store = await TestStores.OpenAsync();
        store.Time.Advance(Now - store.Time.GetUtcNow());
        var series = await store.SeriesAsync();
        await store.WriteAsync(series.Tick(Now.AddSeconds(-1), 1));
        await store.WriteAsync(series.Tick(Now.AddMinutes(2), 2), series.Tick(Now.AddMinutes(4), 3));

        Assert.Equal(1, await LatestAsync(store, series, Now));
        Assert.Equal(2, await LatestAsync(store, series, Now.AddMinutes(2)));
        Assert.Equal(3, await LatestAsync(store, series, Now.AddMinutes(4)));
        Assert.Null(await LatestAsync(store, series, Now.AddSeconds(-2)));
    }

    [Fact]
    public async Task GetLatest_ManyItems_AnswersEverySourceInOrder()
    {
        await using var store = await TestStores.OpenAsync();
        var (b, a) = (await store.SeriesAsync("b", source: "x"), await store.SeriesAsync("a", source: "y"));
        var second = a with { Source = b.Source };
        await store.WriteAsync(a.Tick(Now, 1), b.Tick(Now, 2), second.Tick(Now, 3), second.Tick(Now.AddMinutes(-5), 9));

        var latest = await store.History.GetLatestAsync([a.Item, b.Item, a.Item, new ItemId(999)], Now, Token);

        Assert.Equal([(b, 2m), (second, 3m), (a, 1m)], latest.Select(tick => (tick.Series, tick.Price)));
    }

    [Fact]
    public async Task GetTicks_Pages_AreOldestFirstOverAllSources()
    {
        await using var store = await TestStores.OpenAsync();
        var (one, two) = (await store.SeriesAsync(source: "x"), await store.SeriesAsync(source: "y"));
        await store.WriteAsync([.. Enumerable.Range(0, 25).SelectMany(i =>
            new[] { one.Tick(Now.AddMinutes(i * 7), i + 1), two.Tick(Now.AddMinutes(i * 7), i + 1) })]);

        var (seen, cursor) = (new List<PriceTick>(), (string?)null);
        do
        {
            var page = await store.History.GetTicksAsync(
                new TickQuery(one.Item, null, Now.AddMinutes(7), Now.AddMinutes(24 * 7), new PageRequest(3, cursor)), Token);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            Enumerable.Range(1, 23).SelectMany(i => new[] { (one, i + 1m), (two, i + 1m) }), seen.Select(tick => (tick.Series, tick.Price)));
    }

    [Fact]
    public async Task ReadSeries_Since_HoldsThoseWithALaterReceiptOnce()
    {
        await using var store = await TestStores.OpenAsync();
        var (old, fresh) = (await store.SeriesAsync("old"), await store.SeriesAsync("fresh"));
        await store.WriteAsync(old.Tick(Now, 1), fresh.Tick(Now.AddHours(-3), 1, receivedAfter: 3 * 3_600), fresh.Tick(Now, 2, receivedAfter: 1));

        Assert.Equal([old, fresh], await store.History.ReadSeriesAsync(Now, Token).ToListAsync(Token));
        Assert.Equal([fresh], await store.History.ReadSeriesAsync(Now.AddSeconds(1), Token).ToListAsync(Token));
        Assert.Empty(await store.History.ReadSeriesAsync(Now.AddSeconds(1.5), Token).ToListAsync(Token));
    }

    private static async Task<decimal?> LatestAsync(ITestStore store, SeriesKey series, DateTimeOffset now)
    {
        var ticks = await store.History.GetLatestAsync([series.Item], now, Token);
        return ticks.Count == 0 ? null : Assert.Single(ticks).Price;
    }
}
