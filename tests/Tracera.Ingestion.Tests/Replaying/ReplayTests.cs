using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Replaying;

public sealed class ReplayTests
{
    private readonly FakeDeadLetters _letters = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_AfterTheSinkIsMended_WritesThemAndRemovesTheLetters()
    {
        await using var rig = await RefusingAsync(_ => true);
        rig.Durable.Write = (batch, _) => new(WriteOutcome.AllWritten(batch));

        var outcome = await ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token);

        rig.Outside.Replayed = 700;
        Assert.Equal(new ReplayOutcome(700, 0, 0, 0, 0), outcome);
        Assert.Empty(_letters.Letters);
        Assert.Equal(Enumerable.Range(1, 700), rig.Durable.Ticks.Select(tick => (int)tick.Price));
        Assert.All(rig.Durable.Batches, batch => Assert.Equal(BatchLane.Backfill, batch.Lane));
        var ledger = rig.Ledger("store");
        Assert.Equal((1400L, 700L, 700L, 0L), (ledger.Offered, ledger.Written, ledger.DeadLettered, ledger.Buffered));
        Assert.Equal(700, Assert.Single(rig.Store.Runs).Providers[0].DeadLettered);
    }

    [Fact]
    public async Task Replay_WhileTheirRunGoesOn_LeavesTheRunsCountsAlone()
    {
        await using var rig = new Rig();
        rig.Services.AddSingleton<IDeadLetterLog>(_letters);
        rig.Durable.Write = (_, _) => throw new SinkException(SinkFailure.Permanent, "22003");
        var held = new TaskCompletionSource();
        RawPrice[] rows = [.. Enumerable.Range(1, 5).Select(n => ScriptedProvider.Row($"{n}", n))];
        rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token, rows)));
        await rig.StartAsync();
        await rig.RunUntilAsync(Gate.WhenAsync(() => _letters.Letters.Count == 5));
        rig.Durable.Write = (batch, _) => new(WriteOutcome.AllWritten(batch));

        rig.Outside.Replayed = 5;
        var replay = ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token).AsTask();
        await rig.RunUntilAsync(replay);
        held.SetResult();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        Assert.Equal(5, (await replay).Written);
        var row = rig.Store.Runs[0].Providers[0];
        Assert.Equal((RunState.Completed, 5L, 0L, 5L), (row.State, row.Accepted, row.Stored, row.DeadLettered));
    }

    [Fact]
    public async Task Replay_OneStillRefused_WritesTheOthersAndKeepsThatLetter()
    {
        await using var rig = await RefusingAsync(_ => true, rows: 5);
        rig.Durable.Write = (batch, _) => Any(batch, price => price == 3)
            ? throw new SinkException(SinkFailure.Permanent, "3 is odd")
            : new(new WriteOutcome(0, Duplicate: batch.Count));

        var outcome = await ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token);

        rig.Outside.Replayed = 5 + 5;
        Assert.Equal(new ReplayOutcome(0, 4, 0, 1, 0), outcome);
        Assert.Equal(3m, Assert.Single(_letters.Letters).Tick.Price);
        var ledger = rig.Ledger("store");
        Assert.Equal(ledger.Offered, ledger.Duplicate + ledger.DeadLettered);
    }

    [Fact]
    public async Task Replay_ByNumber_TakesThoseAlone()
    {
        await using var rig = await RefusingAsync(_ => true, rows: 5);
        rig.Durable.Write = (batch, _) => new(WriteOutcome.AllWritten(batch));
        var wanted = _letters.Letters[2];

        var outcome = await ReplayOf(rig).ReplayAsync(new ReplayRequest([wanted.Id, 999]), Token);

        rig.Outside.Replayed = 1;
        Assert.Equal(1, outcome.Written);
        Assert.Equal([wanted.Tick], rig.Durable.Ticks);
        Assert.Equal(4, _letters.Letters.Count);
    }

    [Fact]
    public async Task Replay_SinkAway_EndsAndKeepsTheLetters()
    {
        await using var rig = await RefusingAsync(_ => true, rows: 5);
        rig.Durable.Write = (_, _) => throw new IOException("away");
        (rig.Outside.Replayed, rig.Outside.ExpectsLoss) = (5, true);

        var replay = ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token).AsTask();
        await rig.RunUntilAsync(replay);

        Assert.Equal(new ReplayOutcome(0, 0, 0, 0, 5), await replay);
        Assert.Equal(5, _letters.Letters.Count);
    }

    [Fact]
    public async Task Replay_GivenUpAtStop_IsLostToTheSinkAndNotToTheRun()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Services.AddSingleton<IDeadLetterLog>(_letters);
        rig.Configure("DrainTimeout", "00:00:05");
        rig.Durable.Write = (_, _) => throw new SinkException(SinkFailure.Permanent, "22003");
        var held = new TaskCompletionSource();
        rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token, ScriptedProvider.Row("a", 1))));
        await rig.StartAsync();
        await rig.RunUntilAsync(Gate.WhenAsync(() => _letters.Letters.Count == 1));
        rig.Durable.Write = (_, _) => throw new IOException("away");
        (rig.Outside.Replayed, rig.Outside.ExpectsLoss) = (1, true);

        var replay = ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token).AsTask();
        await Gate.WhenAsync(() => rig.Ledger("store").Buffered == 1);
        await rig.StopAtDeadlineAsync();

        Assert.Equal(1, (await replay.WaitAsync(TimeSpan.FromSeconds(30), Token)).Pending);
        Assert.Equal(1, rig.Ledger("store").Lost);
        Assert.Empty(log.Of(2051));
    }

    [Fact]
    public async Task Replay_WithoutAnAnswerForEach_KeepsTheLetters()
    {
        await using var rig = await RefusingAsync(_ => true, rows: 2);
        rig.Durable.Write = (_, _) => new(default(WriteOutcome));
        (rig.Outside.Replayed, rig.Outside.ExpectsLoss) = (2 + 2, true);

        var outcome = await ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token);

        Assert.Equal(new ReplayOutcome(0, 0, 0, 2, 0), outcome);
        Assert.Equal(2, _letters.Letters.Count);
    }

    [Fact]
    public async Task Replay_LettersOfAnotherSink_AreLeftAlone()
    {
        await using var rig = await RefusingAsync(_ => true, rows: 2);
        rig.Durable.Write = (batch, _) => new(WriteOutcome.AllWritten(batch));
        await _letters.AddAsync([_letters.Letters[0] with { Sink = "live", Tick = default }], Token);

        var outcome = await ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token);

        rig.Outside.Replayed = 2;
        Assert.Equal(2, outcome.Written);
        Assert.Equal("live", Assert.Single(_letters.Letters).Sink);
    }

    [Fact]
    public async Task Replay_WithoutALog_IsRefused()
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Of());
        await rig.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ReplayOf(rig).ReplayAsync(new ReplayRequest(), Token));
    }

    private static IDeadLetterReplay ReplayOf(Rig rig) => rig.Provided.GetRequiredService<IDeadLetterReplay>();

    private static bool Any(PriceBatch batch, Func<decimal, bool> which) => batch.Ticks.ToArray().Any(tick => which(tick.Price));

    private async Task<Rig> RefusingAsync(Func<decimal, bool> refuses, int rows = 700)
    {
        var rig = new Rig();
        rig.Services.AddSingleton<IDeadLetterLog>(_letters);
        rig.Durable.Write = (batch, _) => Any(batch, refuses)
            ? throw new SinkException(SinkFailure.Permanent, "22003")
            : new(WriteOutcome.AllWritten(batch));
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, rows).Select(n => ScriptedProvider.Row($"{n}", n))]));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        Assert.Equal(rows, _letters.Letters.Count);
        return rig;
    }
}
