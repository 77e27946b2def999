using Microsoft.Extensions.Logging;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Journaling;

public sealed class JournalTests
{
    private static readonly RunId Poisoned = RunId.New(DateTimeOffset.UnixEpoch);
    private static readonly RunId Other = RunId.New(DateTimeOffset.UnixEpoch.AddSeconds(1));
    private readonly Observed _changes = new();
    private readonly List<string> _applied = [];
    private int _tries;

    [Fact]
    public async Task Change_ThatAlwaysFails_IsSetAsideWithItsRunAndBlocksNobody()
    {
        await using var rig = new Rig();
        using var journal = NewJournal(rig);
        var isMended = false;
        journal.Add(Change(Poisoned, "poison", () => isMended));
        journal.Add(Change(Poisoned, "behind the poison", () => true));
        journal.Start();
        await rig.RunUntilAsync(_changes.WhenAsync(() => _tries >= RunJournal.TriesBeforeAside));
        Assert.Equal(0, journal.AsideCount);

        journal.Add(Change(Other, "other", () => true));
        await rig.RunUntilAsync(_changes.WhenAsync(() => _applied.Contains("other")));
        await rig.RunUntilAsync(Gate.WhenAsync(() => journal.AsideCount == 2));
        Assert.False(journal.IsAway);

        isMended = true;
        await rig.RunUntilAsync(_changes.WhenAsync(() => _applied.Count == 3));
        await journal.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["other", "poison", "behind the poison"], _applied);
        Assert.Equal(0, journal.Depth);
    }

    [Fact]
    public async Task Store_Away_SetsNothingAside()
    {
        await using var rig = new Rig();
        using var journal = NewJournal(rig);
        var isBack = false;
        journal.Add(Change(Poisoned, "first", () => isBack));
        journal.Add(Change(Other, "second", () => isBack));
        journal.Start();
        await rig.RunUntilAsync(_changes.WhenAsync(() => _tries >= 4 * RunJournal.TriesBeforeAside));
        Assert.Equal((0, 2, true), (journal.AsideCount, journal.Depth, journal.IsAway));

        isBack = true;
        await rig.RunUntilAsync(_changes.WhenAsync(() => _applied.Count == 2));
        await journal.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, journal.Depth);
    }

    [Fact]
    public async Task Store_BackBetweenTheTriesOfTwoRuns_SetsNothingAside()
    {
        await using var rig = new Rig();
        using var journal = NewJournal(rig);
        var start = rig.Clock.GetUtcNow();
        journal.Add(Change(Poisoned, "first", () => _applied.Contains("second")));
        journal.Add(Change(Other, "second", () => _tries >= RunJournal.TriesBeforeAside));
        journal.Start();
        await rig.RunUntilAsync(_changes.WhenAsync(() => _applied.Count == 2));
        await journal.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["second", "first"], _applied);
        Assert.Equal(RunJournal.TriesBeforeAside + 2, _tries);
        Assert.True(rig.Clock.GetUtcNow() - start < RunJournal.AsidePause);
    }

    [Fact]
    public async Task Journal_Full_StartsNoRunUntilThereIsRoom()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Configure("Ingestion:MaxJournalEntries", "100");
        var provider = rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromSeconds(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        rig.Store.IsAway = true;
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.JournalDepth >= 100));
        await Gate.WhenAsync(() => rig.Status("p").State != ProviderState.Running);
        var polled = provider.Cycles;

        // Refused again and again: a run that began all the same would have shown by then.
        var refused = log.Of(2101).Count();
        await rig.RunUntilAsync(Gate.WhenAsync(() => log.Of(2101).Count() >= refused + 3));
        Assert.Equal(polled, provider.Cycles);
        Assert.InRange(rig.JournalDepth, 100, 110);

        rig.Store.IsAway = false;
        await rig.RunUntilAsync(provider.WhenCycleAsync(polled + 1));
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Store.Runs.Count(run => run.State == RunState.Completed) > polled));
        Assert.All(rig.Store.Runs.Take(polled), run => Assert.Equal(RunState.Completed, run.State));
    }

    [Fact]
    public async Task Progress_WhileTheStoreIsAway_DoesNotPileUp()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token, ScriptedProvider.Row("a", 1))));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));
        rig.Store.IsAway = true;

        await rig.RunForAsync(10 * IngestionOptions.DefaultHeartbeatInterval);

        Assert.InRange(rig.JournalDepth, 0, 2);
        rig.Store.IsAway = false;
        held.SetResult();
    }

    [Fact]
    public async Task Runs_ThatAnotherHostLeftBehind_AreSearchedForAgainAndAgain()
    {
        await using var rig = new Rig();
        var book = rig.AddLogBook();
        rig.Store.Abandoned.Add(Poisoned);
        rig.Add("p", ScriptedProvider.Of());
        await rig.StartAsync();

        await rig.RunUntilAsync(rig.Store.WhenSweptAsync(3));

        Assert.True(book.Of(2003).Count() >= 2);
        Assert.StartsWith("1 runs that a host left behind", book.Of(2003).First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_Away_IsToldWithTheFirstChangeAndItsRunIfItIsOfOne()
    {
        await using var rig = new Rig();
        Assert.EndsWith("wait in memory, the start of run " + Poisoned + " first.", await ToldAsync(rig, Change(Poisoned, "the start", () => false)), StringComparison.Ordinal);
        Assert.EndsWith(
            "wait in memory, the search for abandoned runs first.",
            await ToldAsync(rig, new RunSweep((_, _) => throw new IOException("away"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhileTheStoreIsAway_HoldsUpNoRun()
    {
        await using var rig = new Rig();
        using var journal = NewJournal(rig);
        journal.Add(Change(Other, "first", () => false));
        var before = Start(rig);
        journal.Add(before);
        journal.Start();
        await before.Tried.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var later = Start(rig);

        journal.Add(later);

        Assert.True(later.Tried.IsCompleted);
        await journal.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Change_OfARunThatIsSetAside_StaysBehindTheOthersOfItsRun()
    {
        await using var rig = new Rig();
        using var journal = NewJournal(rig);
        var isMended = false;
        journal.Add(Change(Poisoned, "poison", () => isMended));
        journal.Add(Change(Other, "other", () => _tries > RunJournal.TriesBeforeAside));
        journal.Start();
        await rig.RunUntilAsync(Gate.WhenAsync(() => journal.AsideCount == 1));

        journal.Add(Change(Poisoned, "behind the poison", () => true));
        Assert.Equal(2, journal.AsideCount);
        isMended = true;
        await rig.RunUntilAsync(_changes.WhenAsync(() => _applied.Count == 3));
        await journal.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["other", "poison", "behind the poison"], _applied);
    }

    [Fact]
    public async Task Change_ThatTheLogRefuses_IsToldAndForgotten()
    {
        await using var rig = new Rig();
        var book = new LogBook();
        using var journal = NewJournal(rig, book);
        journal.Add(new RunSweep((_, _) => new(false)));
        journal.Start();

        await Gate.WhenAsync(() => journal.Depth == 0);
        await journal.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("The run log refused the search for abandoned runs: the run has ended or belongs to another host.", Assert.Single(book.Of(2002)).Text);
    }

    [Fact]
    public async Task Stop_WhileACallIsUnderWay_IsNotTakenForAStoreThatIsAway()
    {
        await using var rig = new Rig();
        var (book, calls, begun) = (new LogBook(), 0, new TaskCompletionSource());
        using var journal = NewJournal(rig, book);
        journal.Add(new RunSweep(async (_, token) =>
        {
            if (++calls == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }

            return true;
        }));
        journal.Start();
        await begun.Task;

        await journal.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2, 0), (calls, journal.Depth));
        Assert.Empty(book.Lines);
    }

    [Fact]
    public async Task Journal_WithAsManyChangesAsMayBe_HasNoRoom()
    {
        await using var rig = new Rig();
        using var journal = NewJournal(rig, most: 2);

        journal.Add(Change(Other, "first", () => true));
        Assert.True(journal.HasRoom);
        journal.Add(Change(Other, "second", () => true));
        Assert.False(journal.HasRoom);
    }

    private static RunStart Start(Rig rig) => new(
        new RunRecord(Poisoned, RunTrigger.Demand, RunState.Running, "me", rig.Clock.GetUtcNow(), null, null, []), TimeSpan.FromSeconds(30), rig.Clock);

    private static async Task<string> ToldAsync(Rig rig, RunTransition change)
    {
        var book = new LogBook();
        using var journal = NewJournal(rig, book);
        journal.Add(change);
        journal.Start();
        await Gate.WhenAsync(() => book.Of(2000).Any());
        await journal.StopAsync(TestContext.Current.CancellationToken);
        return Assert.Single(book.Of(2000)).Text;
    }

    private static RunJournal NewJournal(Rig rig, LogBook? book = null, int most = IngestionOptions.DefaultMaxJournalEntries)
    {
        var logger = new Logger<RunJournal>(new LoggerFactory([book ?? new LogBook()]));
        return new(rig.Store, Microsoft.Extensions.Options.Options.Create(new IngestionOptions { MaxJournalEntries = most }), rig.Clock, logger);
    }

    private ScriptedChange Change(RunId run, string what, Func<bool> isTaken) => new(run, what, () =>
    {
        _tries++;
        try
        {
            if (!isTaken())
            {
                throw new IOException("constraint failed");
            }

            _applied.Add(what);
        }
        finally
        {
            _changes.Changed();
        }
    });

    private sealed class ScriptedChange(RunId runId, string what, Action apply) : RunTransition(runId)
    {
        protected override string What => what;

        public override ValueTask<bool> ApplyAsync(IRunLog log, CancellationToken cancellationToken)
        {
            apply();
            return new(true);
        }
    }
}
