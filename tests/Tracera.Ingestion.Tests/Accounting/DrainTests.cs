using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Accounting;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_WhileFetching_WritesWhatWasFetchedAndEndsTheRun()
    {
        await using var rig = new Rig();
        var provider = rig.Add(
            "p",
            new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(
                new TaskCompletionSource().Task, token, ScriptedProvider.Row("a", 1), ScriptedProvider.Row("b", 2))));
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);
        while (rig.ProviderLedger("p").Fetched < 2)
        {
            await Task.Yield();
        }

        await rig.StopAsync();

        var run = Assert.Single(rig.Store.Runs);
        Assert.Equal((RunState.Failed, 2L), (run.State, run.Providers[0].Stored));
        Assert.Equal(2, rig.Durable.Ticks.Count);
    }

    [Fact]
    public async Task Stop_SinkAway_CountsTheRestAsLostAndFailsTheRun()
    {
        await using var rig = new Rig();
        rig.Configure("DrainTimeout", "00:00:05").Configure("Ingestion:BatchSize", "1").Configure("Sinks:store:QueueCapacity", "2");
        rig.Outside.ExpectsLoss = true;
        rig.Durable.Write = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return default;
        };
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 100).Select(n => ScriptedProvider.Row($"{n}", n))]));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);

        await rig.StopAtDeadlineAsync();

        var (provider, sink) = (rig.ProviderLedger("p"), rig.Ledger("store"));
        Assert.Equal(provider.Fetched, provider.Dispatched + provider.Lost);
        Assert.Equal(provider.Dispatched, sink.Offered);
        Assert.Equal((sink.Offered, 0L, 0L), (sink.Lost, sink.Buffered, sink.Written));
        Assert.Equal(RunState.Failed, Assert.Single(rig.Store.Runs).State);
        Assert.Empty(rig.Durable.Ticks);
    }

    [Fact]
    public async Task Stop_WhileBatchesWaitForTheDispatcher_WritesThemAll()
    {
        const int Rows = 10;
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "1").Configure("Sinks:store:QueueCapacity", "2");
        var held = new TaskCompletionSource();
        rig.Durable.Write = async (batch, token) =>
        {
            await held.Task.WaitAsync(token);
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, Rows).Select(n => ScriptedProvider.Row($"{n}", n))]));
        await rig.StartAsync();

        // One is in the sink's hand, two wait for it, one is with the dispatcher.
        var channel = rig.Provided.GetRequiredService<IngestChannel>();
        await Gate.WhenAsync(() => channel.Status().Depth == Rows - 4);
        channel.Complete();
        var stop = rig.StopAsync();
        held.SetResult();
        await stop;

        Assert.Equal(Enumerable.Range(1, Rows).Select(n => (decimal)n), rig.Durable.Ticks.Select(tick => tick.Price));
        Assert.Equal((RunState.Completed, (long)Rows), (rig.Store.Runs[0].State, rig.Store.Runs[0].Providers[0].Stored));
    }

    [Fact]
    public async Task Run_WhileTicksHaveNoOutcome_DoesNotEnd()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        rig.Durable.Write = async (batch, token) =>
        {
            await held.Task.WaitAsync(token);
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);
        while (rig.Status("p").State == ProviderState.Running)
        {
            await Task.Yield();
        }

        Assert.Equal(RunState.Running, Assert.Single(rig.Store.Runs).State);
        Assert.Equal((1L, 1L), (rig.Ledger("store").Offered, rig.Ledger("store").Buffered));
        held.SetResult();
        Assert.Equal(RunState.Completed, (await rig.Store.WhenEndedAsync(1)).State);
    }

    [Fact]
    public async Task Ledger_ManyProvidersAndSinks_EqualsTheOutsideLedger()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "7");
        var other = rig.AddSink("other");
        var yielded = 0L;
        foreach (var name in new[] { "a", "b", "c" })
        {
            rig.Add(name, ScriptedProvider.Of([.. Enumerable.Range(0, 500).Select(n =>
            {
                yielded++;
                return ScriptedProvider.Row($"{n % 400}", n % 10);
            })]));
        }

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await rig.StopAsync();

        var snapshot = rig.Control.GetPipeline();
        Assert.Equal(yielded, snapshot.Providers.Sum(ledger => ledger.Fetched));
        Assert.All(snapshot.Providers, ledger =>
            Assert.Equal(ledger.Fetched, ledger.Rejected + ledger.Deduplicated + ledger.Dispatched + ledger.Lost));
        Assert.All(snapshot.Sinks, ledger => Assert.Equal(snapshot.Providers.Sum(provider => provider.Dispatched), ledger.Offered));
        Assert.Equal((rig.Durable.Ticks.Count, other.Ticks.Count), ((int)rig.Ledger("store").Written, (int)rig.Ledger("other").Written));
    }
}
