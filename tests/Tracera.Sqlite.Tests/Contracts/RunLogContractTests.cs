namespace Tracera.Sqlite.Tests;

public sealed class RunLogContractTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ItsWholeLife_IsKept()
    {
        await using var store = await TestStores.OpenAsync();
        var run = await StartAsync(store, At, "me", "steam", "csfloat");
        var row = run.Providers[0] with
        {
            State = RunState.Completed, FinishedAt = At.AddSeconds(5), Fetched = 10, Rejected = 3, RejectedBy = new Dictionary<string, long> { ["no_price"] = 2, ["ta\"b"] = 1 },
            Deduplicated = 1, Accepted = 6, Stored = 4, Corrected = 1, DeadLettered = 1,
        };

        Assert.True(await store.Runs.UpdateAsync(run.Id, "me", row, Token));
        Assert.True(await store.Runs.UpdateAsync(run.Id, "me", run.Providers[1] with { State = RunState.Failed, Error = "auth", FinishedAt = At.AddSeconds(6) }, Token));
        Assert.True(await store.Runs.FinishAsync(run.Id, "me", RunState.Failed, "csfloat: auth", At.AddSeconds(6), Token));
        await store.ReopenAsync(Token);

        var kept = await store.Runs.FindAsync(run.Id, Token);
        Assert.NotNull(kept);
        Assert.Equal((RunState.Failed, "csfloat: auth", At.AddSeconds(6)), (kept.State, kept.Error, kept.FinishedAt));
        Assert.Equal(["steam", "csfloat"], kept.Providers.Select(provider => provider.Provider));
        Assert.Equal(row.RejectedBy, kept.Providers[0].RejectedBy);
        Assert.Equal(row with { RejectedBy = kept.Providers[0].RejectedBy }, kept.Providers[0]);
        Assert.Null(await store.Runs.FindAsync(RunId.New(At), Token));
    }

    [Fact]
    public async Task Finish_Repeated_EndsOnce()
    {
        await using var store = await TestStores.OpenAsync();
        var run = await StartAsync(store, At, "me", "steam");

        Assert.False(await store.Runs.FinishAsync(run.Id, "thief", RunState.Completed, null, At, Token));
        Assert.True(await store.Runs.FinishAsync(run.Id, "me", RunState.Completed, null, At, Token));
        Assert.False(await store.Runs.FinishAsync(run.Id, "me", RunState.Failed, "late", At, Token));
        Assert.False(await store.Runs.UpdateAsync(run.Id, "me", run.Providers[0] with { Fetched = 1 }, Token));
        await store.Runs.StartAsync(run, At, Token);

        var kept = await store.Runs.FindAsync(run.Id, Token);
        Assert.Equal((RunState.Completed, (string?)null), (kept!.State, kept.Error));
        Assert.NotEqual(RunState.Running, Assert.Single(kept.Providers).State);
    }

    [Fact]
    public async Task Update_RowThatHasEnded_KeepsItsEnd()
    {
        await using var store = await TestStores.OpenAsync();
        var run = await StartAsync(store, At, "me", "steam");
        var done = run.Providers[0] with { State = RunState.Completed, FinishedAt = At, Fetched = 5 };

        Assert.True(await store.Runs.UpdateAsync(run.Id, "me", done, Token));
        Assert.True(await store.Runs.UpdateAsync(run.Id, "me", done, Token));
        Assert.False(await store.Runs.UpdateAsync(run.Id, "me", done with { State = RunState.Failed }, Token));
        Assert.False(await store.Runs.UpdateAsync(run.Id, "me", done with { Provider = "unknown" }, Token));
    }

    [Fact]
    public async Task FailAbandoned_LeaseOver_EndsOthersRunsOnly()
    {
        await using var store = await TestStores.OpenAsync();
        var (mine, theirs) = (await StartAsync(store, At, "me", "steam"), await StartAsync(store, At, "them", "steam"));
        await store.Runs.HeartbeatAsync("them", At.AddMinutes(5), Token);

        Assert.Empty(await store.Runs.FailAbandonedAsync("me", At.AddMinutes(4), Token));
        Assert.Equal([theirs.Id], await store.Runs.FailAbandonedAsync("me", At.AddMinutes(5), Token));
        Assert.Empty(await store.Runs.FailAbandonedAsync("me", At.AddMinutes(6), Token));

        Assert.False(await store.Runs.FinishAsync(theirs.Id, "them", RunState.Completed, null, At, Token));
        var ended = await store.Runs.FindAsync(theirs.Id, Token);
        Assert.Equal(RunState.Failed, ended!.State);
        Assert.Contains("bandoned", ended.Error, StringComparison.Ordinal);
        Assert.Equal(RunState.Failed, Assert.Single(ended.Providers).State);
        Assert.Equal(RunState.Running, (await store.Runs.FindAsync(mine.Id, Token))!.State);
    }

    [Fact]
    public async Task List_Filters_PageNewestFirst()
    {
        await using var store = await TestStores.OpenAsync();
        for (var i = 0; i < 12; i++)
        {
            var run = await StartAsync(store, At.AddMinutes(i), "me", i % 3 == 0 ? "steam" : "csfloat");
            if (i % 2 == 0)
            {
                await store.Runs.FinishAsync(run.Id, "me", RunState.Completed, null, At.AddHours(1), Token);
            }
        }

        Assert.Equal(Enumerable.Range(0, 12).Reverse(), await MinutesAsync(store, new RunQuery(new PageRequest(5))));
        Assert.Equal([9, 6, 3, 0], await MinutesAsync(store, new RunQuery(new PageRequest(2), Provider: "steam")));
        Assert.Equal([6, 0], await MinutesAsync(store, new RunQuery(new PageRequest(1), RunState.Completed, "steam")));
        Assert.Equal([4, 3], await MinutesAsync(store, new RunQuery(new PageRequest(9), From: At.AddMinutes(3), To: At.AddMinutes(5))));
        await Assert.ThrowsAsync<FormatException>(async () => await store.Runs.ListAsync(new RunQuery(new PageRequest(1, "r")), Token));
    }

    private static async Task<List<int>> MinutesAsync(ITestStore store, RunQuery query)
    {
        var minutes = new List<int>();
        while (true)
        {
            var page = await store.Runs.ListAsync(query, Token);
            minutes.AddRange(page.Items.Select(run => (int)(run.StartedAt - At).TotalMinutes));
            if (page.Next is null)
            {
                return minutes;
            }

            query = query with { Page = query.Page with { Cursor = page.Next } };
        }
    }

    private static async Task<RunRecord> StartAsync(ITestStore store, DateTimeOffset at, string owner, params string[] providers)
    {
        var run = new RunRecord(
            RunId.New(at), RunTrigger.Schedule, RunState.Running, owner, at, null, null,
            [.. providers.Select(provider => new ProviderRunRecord(provider, RunState.Running, at))]);
        await store.Runs.StartAsync(run, at.AddMinutes(1), Token);
        return run;
    }
}
