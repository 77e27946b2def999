namespace Tracera.Sqlite.Tests;

public sealed class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Maintenance_OldTicks_GoAndTheirBarsStay()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var (series, start) = (await store.SeriesAsync(), store.Time.GetUtcNow());
        await store.WriteAsync([.. Enumerable.Range(0, 48).Select(i => series.Tick(start.AddMinutes(i * 30), i + 1))]);
        var before = await store.BarsAsync(series, BarLevel.Hour1);

        store.Time.Advance(SqliteOptions.DefaultTickRetention + TimeSpan.FromHours(12));
        await store.MaintainAsync(Token);

        Assert.Equal(24, (await store.TicksAsync(series)).Count);
        Assert.Equal(before, await store.BarsAsync(series, BarLevel.Hour1));
        Assert.Empty(await store.BarsAsync(series, BarLevel.Minute1));
    }

    [Fact]
    public async Task Write_TickOfABucketThatIsSummedUp_CountsAsDuplicate()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var (series, start) = (await store.SeriesAsync(), store.Time.GetUtcNow());
        await store.WriteAsync(series.Tick(start, 1), series.Tick(start.AddSeconds(1), 2));
        store.Time.Advance(SqliteOptions.DefaultTickRetention + TimeSpan.FromHours(1));
        await store.MaintainAsync(Token);
        var before = await store.BarsAsync(series, BarLevel.Day7);

        var outcome = await store.WriteAsync(series.Tick(start, 1), series.Tick(start.AddSeconds(1), 3, receivedAfter: 99), series.Tick(start.AddHours(5), 7));

        Assert.Equal(new WriteOutcome(1, 2), outcome);
        Assert.Equal(3, Assert.Single(await store.BarsAsync(series, BarLevel.Day7)).Count);
        Assert.Equal(2, Assert.Single(before).Count);
    }

    [Fact]
    public async Task Write_BackfillBeyondRetention_IsKeptForADayAndSummedUpOnce()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var (series, old) = (await store.SeriesAsync(), store.Time.GetUtcNow().AddDays(-20));
        PriceTick[] ticks = [series.Tick(old, 1), series.Tick(old.AddSeconds(1), 2)];
        await store.WriteAsync(ticks);

        await store.MaintainAsync(Token);
        Assert.Equal(new WriteOutcome(0, 2), await store.WriteAsync(ticks));
        store.Time.Advance(TimeSpan.FromDays(2));
        await store.MaintainAsync(Token);
        Assert.Equal(new WriteOutcome(0, 2), await store.WriteAsync(ticks));

        Assert.Empty(await store.TicksAsync(series));
        Assert.Equal(2, Assert.Single(await store.BarsAsync(series, BarLevel.Hour6)).Count);
    }

    [Fact]
    public async Task GetLatest_TickAheadWhileOlderTicksAreGone_IsTheOneBefore()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var (series, start) = (await store.SeriesAsync(), store.Time.GetUtcNow());
        await store.WriteAsync(series.Tick(start, 1, 2));
        store.Time.Advance(SqliteOptions.DefaultTickRetention + TimeSpan.FromHours(1));
        await store.MaintainAsync(Token);
        var now = store.Time.GetUtcNow();
        await store.WriteAsync(series.Tick(now.AddMinutes(2), 9));

        Assert.Equal([series.Tick(start, 1, 2)], await store.History.GetLatestAsync([series.Item], now, Token));
    }

    [Fact]
    public async Task Maintenance_OldRecords_GoAndRunningRunsStay()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var now = store.Time.GetUtcNow();
        var (ended, running) = (Run(now), Run(now));
        await store.Runs.StartAsync(ended, now, Token);
        await store.Runs.StartAsync(running, now, Token);
        await store.Runs.FinishAsync(ended.Id, "me", RunState.Completed, null, now, Token);
        var series = await store.SeriesAsync();
        await store.DeadLetters.AddAsync([new DeadLetter(0, "store", ended.Id, "p", series.Tick(now, 1), "x", null, now)], Token);
        await store.WriteAsync(series.Tick(now, 1));

        store.Time.Advance(SqliteOptions.DefaultRunRetention + TimeSpan.FromHours(1));
        await store.MaintainAsync(Token);

        Assert.Null(await store.Runs.FindAsync(ended.Id, Token));
        Assert.NotNull(await store.Runs.FindAsync(running.Id, Token));
        Assert.Empty((await store.DeadLetters.ListAsync(new PageRequest(5), Token)).Items);
        Assert.Equal(0, await store.ScalarAsync("SELECT count(*) FROM batches", Token));
        Assert.Equal(1, await store.ScalarAsync("SELECT count(*) FROM run_providers", Token));
    }

    [Fact]
    public async Task Loop_IntervalOver_LooksAfterTheFile()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var (series, start) = (await store.SeriesAsync(), store.Time.GetUtcNow());
        await store.WriteAsync(series.Tick(start, 1));
        await store.Time.WhenTimersAsync(1, Token);

        store.Time.Advance(SqliteOptions.DefaultTickRetention + TimeSpan.FromHours(1));

        while ((await store.TicksAsync(series)).Count > 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static RunRecord Run(DateTimeOffset at) => new(
        RunId.New(at), RunTrigger.Schedule, RunState.Running, "me", at, null, null, [new ProviderRunRecord("steam", RunState.Running, at)]);
}
