using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Ingestion.Tests.Spooling;

public sealed class SpillTests : IDisposable
{
    private const int Rows = 200;
    private readonly SpoolBench _bench = new();
    private volatile bool _isDown = true;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Store_Away_RunsEndOnceTheSpoolHasAcceptedAndAllIsWrittenInOrderLater()
    {
        await using var rig = NewRig(out _);
        rig.Add("p", Provider(cycles: 3), options => options.Interval = TimeSpan.FromSeconds(10));
        await rig.StartAsync();

        // A fourth one, which has no rows, may end before the third.
        await rig.RunUntilAsync(rig.Store.WhenAsync(static runs => runs.Count >= 3 && runs.Take(3).All(static run => run.State != RunState.Running)));
        var row = rig.Store.Runs[0].Providers[0];
        Assert.Equal((RunState.Completed, (long)Rows, 0L), (row.State, row.Accepted, row.Stored));
        var away = rig.Ledger("store");
        Assert.Equal((3 * Rows, 3 * Rows, 0L, 0L), (away.Offered, away.Buffered, away.Written, away.Lost));
        Assert.Equal(away.Buffered, Spool(rig).Ticks);

        _isDown = false;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(3 * Rows));
        await Gate.WhenAsync(() => rig.Ledger("store").Buffered == 0 && Spool(rig).Batches == 0);

        Assert.Equal(Enumerable.Range(1, 3 * Rows), rig.Durable.Ticks.Select(tick => (int)tick.Price));
    }

    [Fact]
    public async Task Stop_StoreAway_LosesNothingAndTheNextHostWritesItAll()
    {
        await using (var rig = NewRig(out _))
        {
            rig.Configure("DrainTimeout", "00:00:02");
            rig.Add("p", Provider());
            await rig.StartAsync();
            await rig.Store.WhenEndedAsync(1);
            await rig.StopAtDeadlineAsync();
            Assert.Equal((Rows, 0L), (rig.Ledger("store").Buffered, rig.Ledger("store").Lost));
        }

        _isDown = false;
        await using var next = NewRig(out _);
        next.Outside.Replayed = Rows;
        next.Add("q", ScriptedProvider.Of());
        await next.StartAsync();
        await next.RunUntilAsync(next.Durable.WhenWrittenAsync(Rows));
        await next.StopAsync();

        Assert.Equal(Enumerable.Range(1, Rows), next.Durable.Ticks.Select(tick => (int)tick.Price));
        Assert.Equal((Rows, Rows, 0L), (next.Ledger("store").Offered, next.Ledger("store").Written, next.Ledger("store").Buffered));
    }

    [Fact]
    public async Task Folder_UsedByAnotherHost_StopsTheStartWithALine()
    {
        await using var spool = await _bench.OpenAsync(folder: Path.Combine(_bench.Folder, "store"));
        await using var rig = NewRig(out _);
        rig.Add("p", Provider());

        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(rig.StartAsync);

        Assert.Contains("another process uses it", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_StoreAwayAndNothingSpilledYet_SpillsWhatWaits()
    {
        await using var rig = NewRig(out _);
        rig.Configure("DrainTimeout", "00:00:02").Configure("Sinks:store:QueueCapacity", "64");
        rig.Add("p", Provider());
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("store").Offered == Rows);
        Assert.Equal(0, Spool(rig).Batches);

        await rig.StopAtDeadlineAsync();

        Assert.Equal((Rows, 0L), (rig.Ledger("store").Buffered, rig.Ledger("store").Lost));
        Assert.Equal(Rows, Spool(rig).Ticks);
        Assert.Equal((long)Rows, Assert.Single(rig.Store.Runs).Providers[0].Accepted);
    }

    [Fact]
    public async Task Stop_PumpThatBroke_SpillsWhatWaits()
    {
        await using var rig = NewRig(out _);
        var log = rig.AddLogBook();
        rig.Configure("DrainTimeout", "00:00:02").Configure("Sinks:store:QueueCapacity", "64");
        rig.Durable.Write = (_, _) =>
        {
            // A pause that no timer keeps is an error of the pump's own.
            rig.Options<SinkOptions>().Get("store").MaximumBackoff = TimeSpan.FromDays(100);
            throw new SinkException(SinkFailure.Misconfigured, "no table");
        };
        rig.Add("p", Provider());
        await rig.StartAsync();
        await rig.RunUntilAsync(Gate.WhenAsync(() => log.Of(2411).Any() && rig.Ledger("store").Offered == Rows && rig.Status("p").LastSuccessAt is not null));

        await rig.StopAtDeadlineAsync();

        Assert.Equal((Rows, 0L), (rig.Ledger("store").Buffered, rig.Ledger("store").Lost));
        Assert.Equal(Rows, Spool(rig).Ticks);
        Assert.Equal(RunState.Completed, Assert.Single(rig.Store.Runs).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Spool_ThatHadNoRoomForAWhile_TakesWhatWaitsThen(bool atStop)
    {
        const int later = 30;
        await using var rig = NewRig(out var spools);
        rig.Configure("DrainTimeout", "00:00:02");
        var (next, cycle) = (0, 0);
        rig.Add(
            "p",
            new ScriptedProvider((_, _) => Enumerable.Range(0, ++cycle == 1 ? Rows : later).Select(_ => ScriptedProvider.Row("item", ++next)).ToAsyncEnumerable()),
            options => options.Interval = TimeSpan.FromDays(1));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        spools.HasNoRoom = true;
        await Gate.WhenAsync(() => rig.Status("p").State != ProviderState.Running);
        Assert.NotNull((await rig.Control.StartRunAsync(new RunRequest(), TestContext.Current.CancellationToken)).RunId);
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Ledger("store").Offered == Rows + later && rig.Status("p").State != ProviderState.Running));
        Assert.Equal(Rows, Spool(rig).Ticks);

        spools.HasNoRoom = false;
        if (!atStop)
        {
            await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));
            Assert.Equal(Rows + later, Spool(rig).Ticks);
        }

        await rig.StopAtDeadlineAsync();
        Assert.Equal((Rows + later, 0L), (rig.Ledger("store").Buffered, rig.Ledger("store").Lost));
        Assert.Equal(Rows + later, Spool(rig).Ticks);
        Assert.Equal((RunState.Completed, (long)later), (rig.Store.Runs[1].State, rig.Store.Runs[1].Providers[0].Accepted));
    }

    [Fact]
    public async Task Spool_Full_SlowsPollingAndLosesNothing()
    {
        const int many = 20_000;
        await using var rig = NewRig(out var spools);
        spools.Capacity = 20_000;
        rig.Configure("Ingestion:ChannelCapacity", "2");
        rig.Add("p", Provider(many), options => options.ProgressTimeout = TimeSpan.FromHours(1));
        await rig.StartAsync();
        await rig.RunUntilAsync(WhenHealthAsync(rig, "the spool of the sink store is full, or cannot be written"));
        Assert.Equal(RunState.Running, rig.Store.Runs[0].State);
        Assert.InRange(Spool(rig).Bytes, 1, 20_000);
        Assert.InRange(rig.ProviderLedger("p").Fetched, 1, many - 1);

        _isDown = false;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(many));
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        Assert.Equal(Enumerable.Range(1, many), rig.Durable.Ticks.Select(tick => (int)tick.Price));
    }

    [Fact]
    public async Task Stop_SinkBlocksItsThread_LeavesItBehindAndTheNextHostWritesItAll()
    {
        using var release = new ManualResetEventSlim();
        await using (var rig = NewRig(out _))
        {
            var log = rig.AddLogBook();
            rig.Configure("DrainTimeout", "00:00:02");
            rig.Durable.Write = (batch, _) =>
            {
                release.Wait(CancellationToken.None);
                return new(WriteOutcome.AllWritten(batch));
            };
            rig.Add("p", Provider());
            await rig.StartAsync();
            await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

            await rig.StopAtDeadlineAsync();

            Assert.Contains($"of {Rows} prices that wait", Assert.Single(log.Of(2410)).Text, StringComparison.Ordinal);
            Assert.Equal((Rows, 0L), (rig.Ledger("store").Buffered, rig.Ledger("store").Lost));
        }

        _isDown = false;
        await using (var next = NewRig(out _))
        {
            next.Outside.Replayed = Rows;
            next.Add("q", ScriptedProvider.Of());
            await next.StartAsync();
            await next.RunUntilAsync(next.Durable.WhenWrittenAsync(Rows));
            Assert.Equal(Enumerable.Range(1, Rows), next.Durable.Ticks.Select(tick => (int)tick.Price));
        }

        release.Set();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disk_Failing_HoldsUpAndGoesOnByItself(bool byTimeout)
    {
        await using var rig = NewRig(out var spools);
        spools.Fault = byTimeout ? static () => new TaskCanceledException("no answer of the share") : spools.Fault;
        spools.Fails = true;
        rig.Add("p", Provider());
        await rig.StartAsync();
        await rig.RunUntilAsync(WhenHealthAsync(rig, "the spool of the sink store is full, or cannot be written"));

        spools.Fails = false;
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        Assert.Equal(RunState.Completed, rig.Store.Runs[0].State);
        spools.Fails = true;
        _isDown = false;
        await rig.RunForAsync(TimeSpan.FromMinutes(1));
        spools.Fails = false;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(Rows));

        Assert.Equal(Enumerable.Range(1, Rows), rig.Durable.Ticks.Select(tick => (int)tick.Price));
    }

    [Theory]
    [InlineData("store", HealthStatus.Unhealthy)]
    [InlineData("other", HealthStatus.Degraded)]
    public async Task Spool_ThatCannotBeRead_IsToldByReadinessUntilItCan(string name, HealthStatus expected)
    {
        await using var rig = NewRig(out var spools);
        var log = rig.AddLogBook();
        var other = rig.AddSink("other", options => (options.Overflow, options.QueueCapacity) = (SinkOverflow.Spill, 4));
        other.Write = rig.Durable.Write;
        var sink = name == "store" ? rig.Durable : other;
        (name == "store" ? other : rig.Durable).Write = static (batch, _) => new(WriteOutcome.AllWritten(batch));
        rig.Add("p", Provider());
        await rig.StartAsync();
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Ledger(name).Offered == Rows));

        (spools.Unreadable, _isDown) = (name, false);
        await rig.RunUntilAsync(WhenHealthAsync(rig, $"the spool of the sink {name} cannot be read"));
        await rig.RunForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(expected, (await CheckAsync(rig)).Status);
        Assert.Equal($"the spool of the sink {name} cannot be read", (await CheckAsync(rig)).Description);
        Assert.Single(log.Of(2606));

        spools.Unreadable = null;
        await rig.RunUntilAsync(sink.WhenWrittenAsync(Rows));
        await Gate.WhenAsync(() => rig.Ledger(name).Buffered == 0);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
        Assert.Equal(Enumerable.Range(1, Rows), sink.Ticks.Select(tick => (int)tick.Price));
        Assert.Single(log.Of(2608));
    }

    [Fact]
    public async Task Batches_RefusedOutOfTheSpool_AreDeadLettersAndCounted()
    {
        await using var rig = NewRig(out _);
        rig.Add("p", Provider());
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        rig.Durable.Write = (_, _) => throw new SinkException(SinkFailure.Permanent, "22003");

        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Ledger("store").Buffered == 0));

        Assert.Equal((Rows, 0L), (rig.Ledger("store").DeadLettered, rig.Ledger("store").Written));
    }

    [Fact]
    public async Task OtherSink_Spilling_IsReadBackInOrder()
    {
        await using var rig = NewRig(out _);
        _isDown = false;
        var other = rig.AddSink("other", options => (options.Overflow, options.QueueCapacity) = (SinkOverflow.Spill, 2));
        var isAway = true;
        other.Write = (batch, _) => isAway ? throw new IOException("away") : new(WriteOutcome.AllWritten(batch));
        rig.Add("p", Provider());
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("other").Offered == Rows);

        isAway = false;
        await rig.RunUntilAsync(other.WhenWrittenAsync(Rows));

        Assert.Equal(Enumerable.Range(1, Rows), other.Ticks.Select(tick => (int)tick.Price));
        Assert.Equal(0, rig.Ledger("other").Conflated);
    }

    private static SpoolStatus Spool(Rig rig) => rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Queue.Spool!;

    private static Task<HealthCheckResult> CheckAsync(Rig rig) => rig.Provided.GetRequiredService<PipelineReadiness>()
        .CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static async Task WhenHealthAsync(Rig rig, string words)
    {
        while ((await CheckAsync(rig)).Description?.Contains(words, StringComparison.Ordinal) != true)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    // Where the clock may run on into a further cycle, that has no rows: what is read of the pipeline then stands still.
    private static ScriptedProvider Provider(int rows = Rows, int cycles = int.MaxValue)
    {
        var (next, cycle) = (0, 0);
        return new ScriptedProvider((_, _) => Enumerable.Range(0, cycle++ < cycles ? rows : 0).Select(_ => ScriptedProvider.Row("item", ++next)).ToAsyncEnumerable());
    }

    private Rig NewRig(out CountedSpools spools)
    {
        var rig = new Rig();
        spools = new CountedSpools(_bench, rig.Outside);
        rig.Services.AddSingleton<ISpoolFactory>(spools);
        rig.Configure("Ingestion:BatchSize", "10").Configure("Sinks:store:Overflow", "Spill").Configure("Sinks:store:QueueCapacity", "4");
        rig.Durable.Write = (batch, _) => _isDown ? throw new IOException("away") : new(WriteOutcome.AllWritten(batch));
        return rig;
    }
}
