using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>P4: what a plain store removes, and what it must not.</summary>
public sealed class PlainRetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 20, 12, 0, 30, TimeSpan.Zero);
    private readonly ManualTimeProvider _time = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Partitions_AreMadeAheadAndIndexedOnceTheirDayIsOver()
    {
        await using var store = await OpenAsync();
        await WriteAsync(store, Now.AddDays(-2), Now);
        await RunAsync(store);

        Assert.Equal(3L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick_day WHERE day > '2026-01-20'"));
        Assert.Equal("2026-01-18", await store.ScalarAsync("SELECT string_agg(day::text, ',') FROM {schema}.tick_day WHERE has_index"));
    }

    [Fact]
    public async Task Run_OldDay_GoesOnceItIsRolledUpAndUntouchedForADay_AndItsBarsStay()
    {
        await using var store = await OpenAsync();
        var series = await WriteAsync(store, Now.AddDays(-9), Now.AddDays(-9).AddSeconds(90), Now);
        await RunAsync(store);
        Assert.Equal(3L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick"));

        await store.Roller.RollAsync(Token);
        await RunAsync(store);
        Assert.Equal(3L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick"));

        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await RunAsync(store);
        Assert.Equal(1L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick"));
        Assert.Equal([2L, 1L], (await BarsAsync(store, series, BarLevel.Minute15)).Select(bar => bar.Count));
        Assert.DoesNotContain(await BarsAsync(store, series, BarLevel.Minute1), bar => bar.Start < Now.AddDays(-3));
    }

    [Fact]
    public async Task Roll_TickOfADayThatWasRemoved_DoesNotTakeTheOthersFromItsBars()
    {
        await using var store = await OpenAsync();
        var series = await WriteAsync(store, Now.AddDays(-9), Now.AddDays(-9).AddSeconds(1));
        await store.Roller.RollAsync(Token);
        _time.Advance(TimeSpan.FromDays(2));
        await RunAsync(store);
        Assert.Equal(0L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick"));

        await WriteAsync(store, Now.AddDays(-9).AddSeconds(1));
        await store.Roller.RollAsync(Token);

        Assert.Equal([2L], (await BarsAsync(store, series, BarLevel.Minute15)).Select(bar => bar.Count));
        Assert.Equal([2L], (await BarsAsync(store, series, BarLevel.Day7)).Select(bar => bar.Count));
    }

    [Fact]
    public async Task Roll_LateTickBesideMinutesThatWereRemoved_KeepsTheQuarterWhole()
    {
        await using var store = await OpenAsync();
        var at = Now.AddDays(-5);
        var series = await WriteAsync(store, at, at.AddMinutes(2));
        await store.Roller.RollAsync(Token);
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await RunAsync(store);
        Assert.Equal(0L, await store.ScalarAsync("SELECT count(*) FROM {schema}.bar_1m"));

        await WriteAsync(store, at.AddMinutes(4));
        await store.Roller.RollAsync(Token);

        Assert.Equal([3L], (await BarsAsync(store, series, BarLevel.Minute15)).Select(bar => bar.Count));
    }

    [Fact]
    public async Task Run_WhileTheWeekWaits_RemovesItsOldMinutes()
    {
        await using var store = await OpenAsync(options => options.BarRetention.Minute1 = TimeSpan.FromHours(12));
        await WriteAsync(store, Now.AddDays(-1));
        await store.Roller.RollAsync(Token);
        Assert.Equal("5", await store.ScalarAsync("SELECT string_agg(DISTINCT level::text, ',') FROM {schema}.dirty_bar"));
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        await RunAsync(store);

        Assert.Equal(0L, await store.ScalarAsync("SELECT count(*) FROM {schema}.bar_1m"));
        Assert.Equal(1L, await store.ScalarAsync("SELECT count(*) FROM {schema}.bar_15m"));
    }

    [Fact]
    public async Task Bars_OfAWeekWhoseMondayIsGone_AreThereWithoutAnythingNew()
    {
        await using var store = await OpenAsync(options => options.TickRetention = options.CompressAfter = TimeSpan.FromHours(6));
        var series = await WriteAsync(store, Now.AddDays(-1));
        await store.Roller.RollAsync(Token);
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await RunAsync(store);
        Assert.Equal("2026-01-19", await store.ScalarAsync("SELECT string_agg(day::text, ',') FROM {schema}.day WHERE closed"));

        Assert.Equal([1L], (await BarsAsync(store, series, BarLevel.Day7)).Select(bar => bar.Count));
    }

    [Fact]
    public async Task Run_IndexThatCannotBeMade_KeepsNeitherTheOtherDaysNorTheRecordsFromTheirs()
    {
        await using var store = await OpenAsync();
        await WriteAsync(store, Now.AddDays(-3), Now.AddDays(-2));
        await store.ScalarAsync("UPDATE {schema}.batch SET at = '2026-01-18'");
        await store.ScalarAsync("CREATE TABLE {schema}.tick_y2026m01d17_by_item ()");

        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(store));

        Assert.Equal("2026-01-18", await store.ScalarAsync("SELECT string_agg(day::text, ',') FROM {schema}.tick_day WHERE has_index"));
        Assert.Equal(0L, await store.ScalarAsync("SELECT count(*) FROM {schema}.batch"));
    }

    [Fact]
    public async Task Run_WhileAnotherHostMakesTheIndex_LeavesItToThat()
    {
        await using var store = await OpenAsync();
        await WriteAsync(store, Now.AddDays(-2));
        await using (var other = await store.Database.OpenAsync(Token))
        {
            await SessionLock.TryRunAsync(store.Database, other, "retention", () => RunAsync(store), Token);
            Assert.Equal(0L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick_day WHERE has_index"));
        }

        await RunAsync(store);
        Assert.Equal("2026-01-18", await store.ScalarAsync("SELECT string_agg(day::text, ',') FROM {schema}.tick_day WHERE has_index"));
    }

    [Fact]
    public async Task Run_OldRunsBatchIdsAndDeadLetters_AreRemoved()
    {
        await using var store = await OpenAsync();
        await WriteAsync(store, Now);
        await store.ScalarAsync("UPDATE {schema}.batch SET at = '2026-01-18'");
        var id = RunId.New(Now);
        await store.Runs.StartAsync(new RunRecord(id, RunTrigger.Demand, RunState.Running, "me", Now, null, null, []), Now, Token);
        await store.Runs.FinishAsync(id, "me", RunState.Completed, null, Now.AddDays(-31), Token);
        var tick = new PriceTick(new ItemId(1), new SourceId(1), 1, null, 1, 1);
        await store.DeadLetters.AddAsync([new DeadLetter(0, "store", id, "p", tick, "22003", null, Now.AddDays(-31))], Token);

        await RunAsync(store);

        Assert.Equal(0L, await store.ScalarAsync("SELECT (SELECT count(*) FROM {schema}.batch) + (SELECT count(*) FROM {schema}.run) + (SELECT count(*) FROM {schema}.dead_letter)"));
    }

    private static Task RunAsync(TestStore store) => store.Services.GetRequiredService<RetentionPass>().RunAsync(Token);

    private static async Task<IReadOnlyList<Bar>> BarsAsync(TestStore store, SeriesKey series, BarLevel level) =>
        (await store.History.GetBarsAsync(new BarQuery(series, level, Now.AddDays(-30), Now.AddDays(9), new PageRequest(1_000)), Token)).Items;

    private static async Task<SeriesKey> WriteAsync(TestStore store, params DateTimeOffset[] instants)
    {
        var item = (await store.Catalog.GetOrAddItemsAsync([new ItemKey("c", "x")], Token))[0];
        var source = await store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd), Token);
        var ticks = instants.Select(at => new PriceTick(item, source.Id, 2.5m, 1, UnixTime.ToMicroseconds(at), UnixTime.ToMicroseconds(Now))).ToArray();
        await store.Sink.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(Now), "p", ticks, BatchLane.Backfill), Token);
        return new SeriesKey(item, source.Id);
    }

    // What runs by itself would run whenever the clock moves.
    private async Task<TestStore> OpenAsync(Action<PostgresOptions>? configure = null)
    {
        var store = await TestStore.OpenAsync(time: _time, configure: configure);
        await store.Roller.StopAsync(Token);
        await store.Services.GetRequiredService<StoreKeeper>().StopAsync(Token);
        return store;
    }
}
