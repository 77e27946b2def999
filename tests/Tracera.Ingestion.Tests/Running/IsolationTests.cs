using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Ingestion.Tests.Running;

public sealed class IsolationTests
{
    [Fact]
    public async Task Cycle_Throws_KeepsWhatWasYieldedAndFailsNamed()
    {
        await using var rig = new Rig();
        rig.Add("bad", ScriptedProvider.Failing(new ProviderException(ProviderFailure.BadPayload, "not JSON")));
        rig.Add("good", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));

        await rig.StartAsync();
        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal((RunState.Failed, "bad: not JSON"), (run.State, run.Error));
        Assert.Equal([RunState.Failed, RunState.Completed], run.Providers.Select(row => row.State));
        Assert.Equal([1, 1], run.Providers.Select(row => row.Stored));
        Assert.Equal(("not JSON", 1), (rig.Status("bad").LastError, rig.Status("bad").ConsecutiveFailures));
    }

    [Fact]
    public async Task Cycle_Hangs_EndsAtTheProgressTimeout()
    {
        await using var rig = new Rig();
        var provider = rig.Add(
            "p",
            new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(new TaskCompletionSource().Task, token, ScriptedProvider.Row("a", 1))),
            options => options.ProgressTimeout = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);
        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);
        var run = await ended;

        Assert.Equal((RunState.Failed, "p: nothing happened for 00:01:00"), (run.State, run.Error));
        Assert.Equal(1, run.Providers[0].Accepted);
    }

    [Fact]
    public async Task Cycle_HangsAndEndsQuietlyWhenItIsToldTo_HasFailedAllTheSame()
    {
        await using var rig = new Rig();
        var provider = rig.Add("p", new ScriptedProvider((_, token) => EndQuietlyAsync(token)), options => options.ProgressTimeout = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);
        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);

        Assert.Equal((RunState.Failed, "p: nothing happened for 00:01:00"), ((await ended).State, (await ended).Error));
        Assert.Null(rig.Status("p").LastSuccessAt);
    }

    [Fact]
    public async Task Cycle_WhoseHttpClientMakesRequests_IsAlive()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        var provider = rig.Add(
            "p",
            new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token, ScriptedProvider.Row("a", 1))),
            options => options.ProgressTimeout = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);
        for (var second = 0; second < 300; second += 30)
        {
            await rig.RunForAsync(TimeSpan.FromSeconds(30));
            rig.Provided.GetRequiredService<IProviderProgress>().Report("p");
        }

        held.SetResult();
        Assert.Equal(RunState.Completed, (await rig.Store.WhenEndedAsync(1)).State);
        rig.Provided.GetRequiredService<IProviderProgress>().Report("nobody");
    }

    [Fact]
    public async Task Plugins_ThatCannotBeMade_AreNamedAndTheOthersRun()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Tracera.AddProvider(new ProviderRegistration("keyless", static _ => throw new IOException("no key")));
        rig.Tracera.AddProvider(new ProviderRegistration("nothing", static _ => null!));
        rig.Tracera.AddSink(new SinkRegistration("deaf", static _ => throw new IOException("no wire")));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Durable.WhenWrittenAsync(1);

        Assert.Equal("It could not be made: IOException: no key", rig.Status("keyless").LastError);
        Assert.Equal("It could not be made: InvalidOperationException: Its factory made nothing.", rig.Status("nothing").LastError);
        Assert.Null(rig.Status("keyless").NextRunAt);
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await rig.Control.StartRunAsync(new RunRequest(["keyless"]), TestContext.Current.CancellationToken));
        Assert.Contains("'keyless' could not be made; allowed: p.", refused.Message, StringComparison.Ordinal);
        await rig.Store.WhenEndedAsync(1);
        await Gate.WhenAsync(() => rig.Status("p").State != ProviderState.Running);
        Assert.Equal(["p"], (await rig.Control.StartRunAsync(new RunRequest([]), TestContext.Current.CancellationToken)).Started);
        Assert.Equal((2, 1), (log.Of(2104).Count(), log.Of(2409).Count()));
        var health = await rig.Provided.GetRequiredService<PipelineReadiness>().CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal(
            (HealthStatus.Degraded, "the provider keyless could not be made; the provider nothing could not be made; the sink deaf could not be made"),
            (health.Status, health.Description));
    }

    [Fact]
    public async Task Mapper_ThatFailsOnSomeNames_TakesNoOtherWithThem()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Services.AddSingleton<IItemMapper>(new PartialMapper());
        rig.Add("p", ScriptedProvider.Of([.. new[] { "a", "throws", "b", "nameless", "nul", "c" }.Select(name => ScriptedProvider.Row(name, 1))]));
        await rig.StartAsync();

        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal((RunState.Completed, 3L, 3L), (run.State, run.Providers[0].Stored, run.Providers[0].RejectedBy[RejectReasons.BadName]));
        Assert.Contains("fails on throws of p", Assert.Single(log.Of(2302)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cycle_BlocksItsThread_StopsNobodyAndIsLeftBehind()
    {
        await using var rig = new Rig();
        using var release = new ManualResetEventSlim();
        var blocking = rig.Add("blocking", new ScriptedProvider((_, _) => BlockForEver(release)), options => options.ProgressTimeout = TimeSpan.FromMinutes(1));
        rig.Add("good", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Durable.WhenWrittenAsync(1);
        await blocking.WhenCycleAsync(1);

        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);
        var run = await ended;
        release.Set();

        Assert.Equal("blocking: its thread was blocked for 00:01:00, and the provider ignored its cancellation", run.Error);
    }

    [Fact]
    public async Task Cycle_IgnoresCancellation_CannotWriteAfterItWasAbandoned()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        var late = new TaskCompletionSource();
        var provider = rig.Add(
            "p", new ScriptedProvider((context, _) => IgnoreAsync(context, held.Task, late)), options => options.ProgressTimeout = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);
        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);
        var run = await ended;

        rig.Outside.ExpectLate("p", 2);
        held.SetResult();
        await late.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal(0, run.Providers[0].Fetched);
        Assert.Equal(0, rig.ProviderLedger("p").Fetched);
        Assert.Empty(rig.Durable.Ticks);
    }

    [Fact]
    public async Task Stream_Ends_ConnectsAgainAsARunOfItsOwn()
    {
        await using var rig = new Rig();
        var connections = 0;
        var held = new TaskCompletionSource();
        var provider = rig.Add("ws", new StreamingProvider((_, token) => ++connections == 1
            ? ScriptedProvider.HangAsync(Task.CompletedTask, token, ScriptedProvider.Row("a", 1))
            : ScriptedProvider.HangAsync(held.Task, token, ScriptedProvider.Row("a", 2))));
        await rig.StartAsync();
        var first = await rig.Store.WhenEndedAsync(1);
        while (rig.Status("ws").State == ProviderState.Running)
        {
            await Task.Yield();
        }

        await rig.RunUntilAsync(provider.WhenConnectedAsync(2));
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2));

        Assert.Equal((RunTrigger.Stream, RunState.Completed), (first.Trigger, first.State));
        Assert.Equal(RunState.Running, rig.Store.Runs[^1].State);
    }

    [Fact]
    public async Task Stream_WhoseVenueWantsToBeLeftAloneForMonths_ConnectsAgainAfterADay()
    {
        await using var rig = new Rig();
        var (connections, held) = (0, new TaskCompletionSource());
        var provider = rig.Add("ws", new StreamingProvider((_, token) => ++connections == 1
            ? throw new ProviderException(ProviderFailure.RateLimited, "later", rig.Clock.GetUtcNow().AddDays(60))
            : ScriptedProvider.HangAsync(held.Task, token)));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await Gate.WhenAsync(() => rig.Status("ws").State != ProviderState.Running);

        rig.Clock.Advance(TimeSpan.FromHours(24));

        await provider.WhenConnectedAsync(2).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stream_ThatAnotherHostHas_ShowsNoSuccess()
    {
        await using var rig = new Rig();
        rig.Store.Holders["ws"] = "another host";
        rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(Task.CompletedTask, token)));
        await rig.StartAsync();
        await Gate.WhenAsync(() => rig.Status("ws").NextRunAt > rig.Clock.GetUtcNow());

        Assert.Null(rig.Status("ws").LastSuccessAt);
    }

    [Fact]
    public async Task Progress_OfSeveralRuns_IsKeptForEach()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        foreach (var name in new[] { "a", "b", "c" })
        {
            rig.Add(name, new StreamingProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token, ScriptedProvider.Row(name, 1))));
        }

        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(3));
        await rig.RunForAsync(IngestionOptions.DefaultHeartbeatInterval * 2);

        await Gate.WhenAsync(() => rig.Store.Runs.Count == 3 && rig.Store.Runs.All(run => run.Providers[0].Fetched == 1));
    }

    [Fact]
    public async Task Names_MoreThanAreRemembered_AreLookedUpAgain()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:MaxTrackedSeries", "1024");
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 2_000).Select(n => ScriptedProvider.Row($"{n}", n))]), options => options.Interval = TimeSpan.FromSeconds(10));
        await rig.StartAsync();

        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));

        Assert.All(rig.Store.Runs.Take(2), run => Assert.Equal((2_000L, 0L), (run.Providers[0].Fetched, run.Providers[0].Rejected)));
    }

    private static async IAsyncEnumerable<RawPrice> IgnoreAsync(FetchContext context, Task until, TaskCompletionSource late)
    {
        await until;
        context.Reject("x", RejectReasons.BadRow);
        late.TrySetResult();
        yield return ScriptedProvider.Row("late", 1);
    }

    private static IAsyncEnumerable<RawPrice> BlockForEver(ManualResetEventSlim release)
    {
        release.Wait(TestContext.Current.CancellationToken);
        return Array.Empty<RawPrice>().ToAsyncEnumerable();
    }

    private static async IAsyncEnumerable<RawPrice> EndQuietlyAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return ScriptedProvider.Row("a", 1);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class PartialMapper : IItemMapper
    {
        public ItemKey Map(string provider, ItemKey key) => key.Name switch
        {
            "throws" => throw new KeyNotFoundException("no such name"),
            "nameless" => default,
            "nul" => new ItemKey(key.Category, "n\0l"),
            _ => key,
        };
    }
}
