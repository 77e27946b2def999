using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Scheduling;

public sealed class SchedulerTests
{
    [Fact]
    public async Task Start_TwoProviders_RunTogetherAndLaterEachOnItsInterval()
    {
        await using var rig = new Rig();
        var fast = rig.Add("fast", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromMinutes(1));
        rig.Add("slow", ScriptedProvider.Of(ScriptedProvider.Row("b", 2)), options => options.Interval = TimeSpan.FromMinutes(5));
        var start = rig.Clock.GetUtcNow();

        await rig.StartAsync();
        var first = await rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(fast.WhenCycleAsync(2));
        var second = await rig.Store.WhenEndedAsync(2);

        Assert.Equal((RunTrigger.Startup, RunState.Completed), (first.Trigger, first.State));
        Assert.Equal(["fast", "slow"], first.Providers.Select(row => row.Provider));
        Assert.Equal((RunTrigger.Schedule, "fast"), (second.Trigger, Assert.Single(second.Providers).Provider));
        Assert.Equal([start, start, start + TimeSpan.FromMinutes(1)], rig.Durable.Ticks.Select(tick => tick.ObservedAt).Order());
        Assert.Equal(2, fast.Cycles);
    }

    [Fact]
    public async Task StartRun_WhileOneRuns_SkipsItAndStartsTheOther()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        rig.Add("busy", new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token)));
        rig.Add("idle", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));
        await WhenIdleAsync(rig, "idle");

        var ticket = await rig.Control.StartRunAsync(new RunRequest(), TestContext.Current.CancellationToken);
        var none = await rig.Control.StartRunAsync(new RunRequest(["busy"]), TestContext.Current.CancellationToken);
        held.SetResult();

        Assert.Equal("idle", Assert.Single(ticket.Started));
        Assert.Equal("busy", Assert.Single(ticket.Skipped));
        Assert.NotNull(ticket.RunId);
        Assert.Null(none.RunId);
        await rig.Store.WhenEndedAsync(2);
        Assert.Contains(rig.Store.Runs, run => run.Id == ticket.RunId && run.Trigger == RunTrigger.Demand);
    }

    [Fact]
    public async Task StartRun_BetweenTwoCycles_IsOfTheTimeItWasAskedAt()
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromHours(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await WhenIdleAsync(rig, "p");
        rig.Clock.Advance(TimeSpan.FromMinutes(1));

        await rig.Control.StartRunAsync(new RunRequest(["p"]), TestContext.Current.CancellationToken);
        await rig.Durable.WhenWrittenAsync(2);

        Assert.Equal(rig.Clock.GetUtcNow(), rig.Durable.Ticks[1].ObservedAt);
    }

    [Fact]
    public async Task StartRun_OfAProviderThatOnlyStreams_SkipsIt()
    {
        await using var rig = new Rig();
        rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(Task.CompletedTask, token)));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await WhenIdleAsync(rig, "ws");

        var ticket = await rig.Control.StartRunAsync(new RunRequest(["ws"]), TestContext.Current.CancellationToken);

        Assert.Null(ticket.RunId);
        Assert.Equal(["ws"], ticket.Skipped);
    }

    [Fact]
    public async Task StartRun_UnknownOrDisabled_NamesThemAndWhatIsAllowed()
    {
        await using var rig = new Rig();
        rig.Add("on", ScriptedProvider.Of());
        rig.Add("off", ScriptedProvider.Of(), options => options.Enabled = false);
        await rig.StartAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await rig.Control.StartRunAsync(new RunRequest(["off", "none"]), TestContext.Current.CancellationToken));

        Assert.Contains("'off' is switched off, 'none' is not a provider; allowed: on.", error.Message, StringComparison.Ordinal);
        Assert.Equal(ProviderState.Disabled, rig.Status("off").State);
        Assert.Null(rig.Status("off").NextRunAt);
    }

    [Fact]
    public async Task Backfill_OldPrices_GoToTheDurableSinkAlone()
    {
        await using var rig = new Rig();
        var live = rig.AddSink("live");
        var old = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var provider = rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1, at: old)));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        Assert.Empty(rig.Durable.Ticks);
        await WhenIdleAsync(rig, "p");

        await rig.Control.StartRunAsync(new RunRequest(["p"], old, old.AddDays(1)), TestContext.Current.CancellationToken);
        var run = await rig.Store.WhenEndedAsync(2);

        Assert.Equal((RunTrigger.Backfill, 1L), (run.Trigger, run.Providers[0].Stored));
        Assert.Equal(BatchLane.Backfill, Assert.Single(rig.Durable.Batches).Lane);
        Assert.Empty(live.Ticks);
        Assert.Equal(2, provider.Cycles);
    }

    [Fact]
    public async Task Clock_PutBackByADay_PollsOnAsBefore()
    {
        await using var rig = new Rig();
        var clock = new MovedClock(rig.Clock);
        rig.Services.AddSingleton<TimeProvider>(clock);
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => (options.Interval, options.Jitter) = (TimeSpan.FromMinutes(1), 0));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await WhenIdleAsync(rig, "p");

        clock.Moved = TimeSpan.FromDays(-1);

        for (var run = 2; run <= 3; run++)
        {
            await rig.RunForAsync(TimeSpan.FromMinutes(1));
            await rig.Store.WhenEndedAsync(run).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await WhenIdleAsync(rig, "p");
        }
    }

    [Fact]
    public async Task StartRun_ThatFails_LeavesThePlannedRetryAsItIs()
    {
        await using var rig = new Rig();
        var provider = rig.Add("p", ScriptedProvider.Failing(new IOException("away")), static options => options.Interval = TimeSpan.FromHours(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await WhenIdleAsync(rig, "p");
        var planned = rig.Status("p").NextRunAt;

        await rig.Control.StartRunAsync(new RunRequest(["p"]), TestContext.Current.CancellationToken);
        await rig.Store.WhenEndedAsync(2);
        await WhenIdleAsync(rig, "p");

        Assert.True(planned < rig.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        Assert.Equal(planned, rig.Status("p").NextRunAt);
        await rig.RunUntilAsync(provider.WhenCycleAsync(3));
        Assert.True(rig.Clock.GetUtcNow() < planned + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Lease_HeldElsewhere_IsPolledOnceItIsFree()
    {
        await using var rig = new Rig();
        rig.Store.Holders["p"] = "another host";
        var provider = rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Store.WhenSweptAsync(1);
        await WhenIdleAsync(rig, "p");
        Assert.Equal(0, provider.Cycles);

        rig.Store.Holders.Clear();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        Assert.Equal("me", rig.Store.Holders["p"]);
        await rig.StopAsync();
        Assert.Empty(rig.Store.Holders);
    }

    [Fact]
    public async Task Start_StoreAway_StartsAndPollsOnceItIsBack()
    {
        await using var rig = new Rig();
        rig.Store.IsAway = true;
        rig.Store.Abandoned.Add(RunId.New(rig.Clock.GetUtcNow()));
        var provider = rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await WhenIdleAsync(rig, "p");
        Assert.Equal(0, provider.Cycles);

        rig.Store.IsAway = false;
        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);
        var run = await ended;

        Assert.Equal((RunTrigger.Startup, RunState.Completed), (run.Trigger, run.State));
        Assert.Equal("sweep", rig.Store.Journal.First(entry => entry != "heartbeat"));
    }

    [Fact]
    public async Task StoreAway_WhileRunning_PollsOnAndAppliesTheChangesInOrder()
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await WhenIdleAsync(rig, "p");
        var before = rig.Store.Journal.Count;

        rig.Store.IsAway = true;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2));
        await Gate.WhenAsync(() => rig.JournalDepth == 3);
        rig.Store.IsAway = false;
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));

        Assert.Equal(
            ["start Schedule", "row p Completed", "end Completed"], rig.Store.Journal.Skip(before).Where(entry => entry is not ("heartbeat" or "sweep")).Take(3));
    }

    private static async Task WhenIdleAsync(Rig rig, string provider)
    {
        while (rig.Status(provider).State == ProviderState.Running)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
