using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>Days and weeks are those of UTC whatever the time zone of the session: here the clocks of New York go back on 2024-11-03.</summary>
public sealed class TimeZoneTests
{
    private const int Days = 10;
    private static readonly DateTimeOffset First = new(2024, 10, 30, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2024, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Plain)]
    [InlineData(StoreKind.Timescale)]
    public async Task Bars_WhereTheClocksGoBack_HoldADayOrAWeekEach(StoreKind kind)
    {
        await using var store = await OpenAsync(kind);
        var series = await WriteAsync(store);
        await AssertBarsAsync(store, series);

        await store.Roller.RollAsync(Token);
        await AssertBarsAsync(store, series);
    }

    [Fact]
    public async Task Migrate_BarsOfMoreThanTheirDay_AreMadeAgain()
    {
        await using var store = await OpenAsync(StoreKind.Plain);
        var series = await WriteAsync(store);
        await store.Roller.RollAsync(Token);
        await store.ScalarAsync("UPDATE {schema}.bar_1d SET n = 2 WHERE bucket = '2024-11-03Z'");
        await store.ScalarAsync("UPDATE {schema}.bar_7d SET n = n + 2 WHERE bucket = '2024-10-28Z'");
        await store.ScalarAsync("DELETE FROM {schema}.script WHERE version = 10");

        await store.ReopenAsync();

        Assert.Equal("4 2024-11-03, 5 2024-10-28", await store.ScalarAsync("SELECT string_agg(level || ' ' || (bucket AT TIME ZONE 'UTC')::date, ', ' ORDER BY level, bucket) FROM {schema}.dirty_bar"));
        await store.Roller.RollAsync(Token);
        await AssertBarsAsync(store, series);
    }

    private static Task<TestStore> OpenAsync(StoreKind kind) => TestStore.OpenAsync(
        kind, time: new ManualTimeProvider(Now), connectionString: SharedServer.ConnectionString(kind) + ";Timezone=America/New_York");

    private static async Task<SeriesKey> WriteAsync(TestStore store)
    {
        var item = (await store.Catalog.GetOrAddItemsAsync([new ItemKey("c", "x")], Token))[0];
        var source = await store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd), Token);
        var ticks = Enumerable.Range(0, Days).Select(day => new PriceTick(
            item, source.Id, 1 + day, 1, UnixTime.ToMicroseconds(First.AddDays(day)), UnixTime.ToMicroseconds(Now))).ToArray();
        await store.Sink.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(Now), "p", ticks, BatchLane.Backfill), Token);
        return new SeriesKey(item, source.Id);
    }

    private static async Task AssertBarsAsync(TestStore store, SeriesKey series)
    {
        Assert.Equal(Enumerable.Repeat(1L, Days), (await BarsAsync(store, series, BarLevel.Day1)).Select(bar => bar.Count));
        Assert.Equal([5L, 5L], (await BarsAsync(store, series, BarLevel.Day7)).Select(bar => bar.Count));
    }

    private static async Task<IReadOnlyList<Bar>> BarsAsync(TestStore store, SeriesKey series, BarLevel level) =>
        (await store.History.GetBarsAsync(new BarQuery(series, level, Now.AddDays(-40), Now, new PageRequest(1_000)), Token)).Items;
}
