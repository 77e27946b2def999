using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Tracera.Ingestion.Tests.Dispatching;

public sealed class SinkPumpTests
{
    [Fact]
    public async Task Write_TransientFailures_IsTriedUntilItIsWritten()
    {
        await using var rig = new Rig();
        rig.Durable.Write = (batch, _) => rig.Durable.Calls < 3 ? throw new IOException("away") : new(WriteOutcome.AllWritten(batch));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await WhenFailedAsync(rig, 1);
        Assert.Equal(RunState.Running, Assert.Single(rig.Store.Runs).State);

        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));
        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal(RunState.Completed, run.State);
        Assert.Single(rig.Durable.Ticks);
        Assert.Equal(1, rig.Ledger("store").Written);
    }

    [Fact]
    public async Task Write_Permanent_IsDeadLetteredKeptAndCounted()
    {
        await using var rig = new Rig();
        var letters = Substitute.For<IDeadLetterLog>();
        rig.Services.AddSingleton(letters);
        rig.Durable.Write = (_, _) => throw new SinkException(SinkFailure.Permanent, "22003");
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1), ScriptedProvider.Row("b", 2)));

        await rig.StartAsync();
        var row = (await rig.Store.WhenEndedAsync(1)).Providers[0];

        Assert.Equal((2L, 2L, 0L), (row.DeadLettered, row.Accepted, row.Stored));
        Assert.Equal(2, rig.Ledger("store").DeadLettered);
        await letters.Received(1).AddAsync(Arg.Is<IReadOnlyList<DeadLetter>>(all => all.Count == 2 && all[0].Detail == "22003"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Write_Misconfigured_WaitsAndDeadLettersNothing()
    {
        await using var rig = new Rig();
        rig.Durable.Write = (batch, _) => rig.Durable.Calls < 2
            ? throw new SinkException(SinkFailure.Misconfigured, "no table")
            : new(WriteOutcome.AllWritten(batch));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await WhenFailedAsync(rig, 1);
        Assert.Equal(1, rig.Ledger("store").Buffered);

        var failedAt = rig.Clock.GetUtcNow();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));

        Assert.True(rig.Clock.GetUtcNow() - failedAt >= SinkOptions.DefaultMaximumBackoff);
        Assert.Equal(0, rig.Ledger("store").DeadLettered);

        Assert.Equal(RunState.Completed, (await rig.Store.WhenEndedAsync(1)).State);
    }

    [Fact]
    public async Task Write_AnswerThatDoesNotAddUp_CountsTheRestAsLost()
    {
        await using var rig = new Rig();
        rig.Outside.ExpectsLoss = true;
        rig.Durable.Write = (_, _) => new(new WriteOutcome(1));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1), ScriptedProvider.Row("b", 2), ScriptedProvider.Row("c", 3)));

        await rig.StartAsync();
        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal((RunState.Failed, 1L), (run.State, run.Providers[0].Accepted));
        Assert.Equal((3L, 1L, 2L), (rig.Ledger("store").Offered, rig.Ledger("store").Written, rig.Ledger("store").Lost));
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, 2)]
    [InlineData(int.MaxValue, int.MaxValue, 5)]
    [InlineData(4, 0, 0)]
    public async Task Write_AnswerBeyondTheBatch_IsNoAnswer(int written, int duplicate, int corrected)
    {
        await using var rig = new Rig();
        rig.Outside.ExpectsLoss = true;
        rig.Durable.Write = (_, _) => new(new WriteOutcome(written, duplicate, corrected));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1), ScriptedProvider.Row("b", 2), ScriptedProvider.Row("c", 3)));

        await rig.StartAsync();
        var run = await rig.Store.WhenEndedAsync(1);

        var ledger = rig.Ledger("store");
        Assert.Equal((RunState.Failed, 0L), (run.State, run.Providers[0].Accepted));
        Assert.Equal((3L, 0L, 0L, 0L, 3L), (ledger.Offered, ledger.Written, ledger.Duplicate, ledger.Corrected, ledger.Lost));
    }

    [Fact]
    public async Task Sink_Away_DelaysNeitherTheDurableOneNorTheRun()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "1").Configure("Sinks:live:QueueCapacity", "2");
        var held = new TaskCompletionSource();
        var live = rig.AddSink("live");
        live.Write = async (batch, token) =>
        {
            await held.Task.WaitAsync(token);
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 50).Select(n => ScriptedProvider.Row(n % 2 == 0 ? "a" : "b", n))]));

        await rig.StartAsync();
        var run = await rig.Store.WhenEndedAsync(1);
        await live.WhenCalledAsync(1);
        var away = rig.Ledger("live");
        held.SetResult();
        await rig.StopAsync();

        Assert.Equal(50, run.Providers[0].Stored);
        Assert.Equal(50, away.Offered);
        Assert.Equal(away.Offered, away.Conflated + away.Buffered);
        var done = rig.Ledger("live");
        Assert.Equal((0L, 50L), (done.Buffered, done.Written + done.Conflated));
        Assert.Equal([49m, 50m], live.Ticks.TakeLast(2).Select(tick => tick.Price));
    }

    [Fact]
    public async Task Write_CancelledAtItsDeadline_IsToldAsFailingAndAsRecovered()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Durable.Write = async (batch, token) =>
        {
            if (rig.Durable.Calls == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);

        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));
        await rig.Store.WhenEndedAsync(1);

        Assert.Equal([2407, 2400, 2401], log.Lines.Select(line => line.Id).Where(id => id is 2400 or 2401 or 2407));
        Assert.EndsWith("after 1 failures.", Assert.Single(log.Of(2401)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileTheSinkFails_SaysWhatItWaitsFor()
    {
        await using var rig = new Rig();
        rig.Configure("DrainTimeout", "00:00:05");
        rig.Outside.ExpectsLoss = true;
        var log = rig.AddLogBook();
        rig.Durable.Write = (_, _) => throw new IOException("the file is gone");
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await WhenFailedAsync(rig, 1);

        await rig.StopAtDeadlineAsync();

        Assert.Equal(
            "The host stops while the sink store cannot write (the file is gone): 1 prices wait for it, at most until the deadline of the stop.",
            Assert.Single(log.Of(2408)).Text);
    }

    [Fact]
    public async Task Write_FailingAgainOnceItHasRecovered_IsToldAndPausedAnew()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        var isAway = true;
        rig.Durable.Write = (batch, _) => isAway ? throw new IOException("away") : new(WriteOutcome.AllWritten(batch));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromDays(1));
        await rig.StartAsync();
        await rig.RunUntilAsync(WhenFailedAsync(rig, 3));
        Assert.Single(log.Of(2400));

        isAway = false;
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        Assert.Equal(SinkHealth.Well, HealthOf(rig));
        isAway = true;
        await Gate.WhenAsync(() => rig.Status("p").State != ProviderState.Running);
        await rig.Control.StartRunAsync(new RunRequest(["p"]), TestContext.Current.CancellationToken);
        await WhenFailedAsync(rig, 1);

        Assert.Equal(1, HealthOf(rig).Failures);
        await Gate.WhenAsync(() => log.Of(2400).Count() == 2);
        isAway = false;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2));
    }

    [Fact]
    public async Task Write_RefusedAfterAFailure_IsAnAnswerAndCountsAsAFailedWrite()
    {
        await using var rig = new Rig();
        rig.Durable.Write = (_, _) => rig.Durable.Calls == 1 ? throw new IOException("away") : throw new SinkException(SinkFailure.Permanent, "22003");
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();

        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        await Gate.WhenAsync(() => HealthOf(rig) == SinkHealth.Well);
        Assert.Equal(2, rig.Control.GetPipeline().Writes.Single().Failures);
    }

    [Fact]
    public async Task Stop_TheSinkAnswersJustBehindTheDeadline_IsWritten()
    {
        await using var rig = new Rig();
        rig.Configure("DrainTimeout", "00:00:05");
        rig.Durable.Write = async (batch, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(TimeSpan.FromMilliseconds(500), rig.Clock, CancellationToken.None);
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);

        await rig.StopAtDeadlineAsync();

        Assert.Equal((1L, 0L), (rig.Ledger("store").Written, rig.Ledger("store").Lost));
        Assert.Equal((RunState.Completed, 1L), (rig.Store.Runs[0].State, rig.Store.Runs[0].Providers[0].Stored));
    }

    private static SinkHealth HealthOf(Rig rig) => rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Pump.Health;

    private static async Task WhenFailedAsync(Rig rig, int failures)
    {
        var pumps = rig.Provided.GetRequiredService<SinkPumps>();
        while (pumps.Lines[0].Pump.Health.Failures < failures)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
