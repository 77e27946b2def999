namespace Tracera.Sqlite.Tests;

public sealed class CrashTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What a killed process leaves behind is what its files hold at that moment.
    [Fact]
    public async Task Kill_AfterAnyBatch_LosesNothingThatWasAccepted()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var series = await store.SeriesAsync();
        for (var written = 1; written <= 5; written++)
        {
            await store.WriteAsync(series.Tick(At.AddSeconds(written), written), series.Tick(At.AddSeconds(-written), written));
            using var copy = Copy(store, log => log.Length);
            await using var revived = await TestStore.OpenAsync(Token, folder: copy.Path);

            Assert.Equal(2 * written, (await revived.TicksAsync(series)).Count);
            Assert.Equal(2 * written, (await revived.BarsAsync(series, BarLevel.Day7)).Sum(bar => bar.Count));
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.99)]
    public async Task Kill_WithinACommit_LeavesTheBatchWholeOrAbsent(double share)
    {
        await using var store = await TestStore.OpenAsync(Token);
        var series = await store.SeriesAsync();
        var before = new FileInfo(store.File + "-wal").Length;
        var batch = TestStoreExtensions.Batch([.. Enumerable.Range(0, 2_000).Select(i => series.Tick(At.AddSeconds(i), i + 1))]);
        await store.Sink.WriteAsync(batch, Token);

        using var copy = Copy(store, log => before + (long)((log.Length - before) * share));
        await using var revived = await TestStore.OpenAsync(Token, folder: copy.Path);

        Assert.Empty(await revived.TicksAsync(series));
        Assert.Empty(await revived.BarsAsync(series, BarLevel.Minute1));
        Assert.Equal(new WriteOutcome(2_000), await revived.Sink.WriteAsync(batch, Token));
        Assert.Equal(await store.BarsAsync(series, BarLevel.Minute1), await revived.BarsAsync(series, BarLevel.Minute1));
    }

    [Fact]
    public async Task Reopen_RunsAndLeasesOfDeadOwners_AreFreeAtOnce()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var run = new RunRecord(
            RunId.New(At), RunTrigger.Startup, RunState.Running, "same name", At, null, null, [new ProviderRunRecord("steam", RunState.Running, At)]);
        await store.Runs.StartAsync(run, At.AddHours(1), Token);
        var lease = await store.Leases.TryAcquireAsync("steam", "dead", At, TimeSpan.FromHours(1), Token);

        await store.ReopenAsync(Token);

        var taken = await store.Leases.TryAcquireAsync("steam", "alive", At, TimeSpan.FromHours(1), Token);
        Assert.True(taken!.Token > lease!.Token);
        await store.Runs.HeartbeatAsync("same name", At.AddHours(2), Token);
        Assert.False(await store.Runs.FinishAsync(run.Id, "same name", RunState.Completed, null, At, Token));
        Assert.Equal([run.Id], await store.Runs.FailAbandonedAsync("same name", At, Token));
        Assert.Equal(RunState.Failed, (await store.Runs.FindAsync(run.Id, Token))!.State);
    }

    private static TempFolder Copy(TestStore store, Func<FileInfo, long> length)
    {
        var folder = new TempFolder();
        File.Copy(store.File, Path.Combine(folder.Path, Path.GetFileName(store.File)));
        var log = new FileInfo(store.File + "-wal");
        var target = Path.Combine(folder.Path, log.Name);
        log.CopyTo(target);
        using var file = File.OpenWrite(target);
        file.SetLength(length(log));
        return folder;
    }
}
