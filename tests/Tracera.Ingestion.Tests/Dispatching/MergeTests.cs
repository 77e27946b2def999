using System.Collections.Concurrent;

namespace Tracera.Ingestion.Tests.Dispatching;

public sealed class MergeTests
{
    private readonly ConcurrentQueue<(Guid Id, string Provider, int Count)> _writes = new();

    [Fact]
    public async Task Batches_OfOneRunThatWait_AreWrittenAsOneAndTheRunIsExact()
    {
        await using var rig = NewRig(ticks: 25);
        var gate = HoldUp(rig);
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 60).Select(n => ScriptedProvider.Row($"{n}", n))]));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("store").Offered == 60);
        gate.SetResult();
        var row = (await rig.Store.WhenEndedAsync(1)).Providers[0];

        Assert.Equal((60L, 60L), (row.Accepted, row.Stored));
        Assert.Equal(60, _writes.Sum(write => write.Count));
        Assert.All(_writes, write => Assert.InRange(write.Count, 1, 25));
        Assert.True(_writes.Count <= 4, $"{_writes.Count} writes");
        Assert.Equal(Enumerable.Range(1, 60), rig.Durable.Ticks.Select(tick => (int)tick.Price));
    }

    [Fact]
    public async Task Batches_OfSeveralProviders_StayApart()
    {
        await using var rig = NewRig(ticks: 1000);
        var gate = HoldUp(rig);
        foreach (var name in new[] { "a", "b", "c" })
        {
            rig.Add(name, ScriptedProvider.Of([.. Enumerable.Range(1, 20).Select(n => ScriptedProvider.Row($"{name}{n}", n))]));
        }

        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("store").Offered == 60);
        gate.SetResult();
        var run = await rig.Store.WhenEndedAsync(1);

        Assert.All(run.Providers, row => Assert.Equal((20L, 20L), (row.Accepted, row.Stored)));
        Assert.Equal(20, _writes.Where(write => write.Provider == "b").Sum(write => write.Count));
    }

    [Fact]
    public async Task Merged_TriedAgain_KeepsItsId()
    {
        await using var rig = NewRig(ticks: 100);
        var gate = new TaskCompletionSource();
        rig.Durable.Write = async (batch, _) =>
        {
            _writes.Enqueue((batch.Id, batch.Provider, batch.Count));
            await gate.Task;
            return _writes.Count is > 1 and < 4 ? throw new IOException("away") : WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", new ScriptedProvider((_, _) => InTwoAsync(rig)));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("store").Offered == 40);
        gate.SetResult();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        var again = _writes.Skip(1).Take(3).ToList();
        Assert.Single(again.Select(write => write.Id).Distinct());
        Assert.All(again, write => Assert.Equal(again[0].Count, write.Count));
        Assert.NotEqual(_writes.First().Id, again[0].Id);
    }

    [Fact]
    public async Task Stream_WithAnAge_WaitsForMoreAndNoLonger()
    {
        await using var rig = NewRig(ticks: 1000);
        rig.Configure("Sinks:store:MergeAge", "00:00:02").Configure("Ingestion:FlushInterval", "00:00:00.1");
        rig.Add("ws", new StreamingProvider((_, token) => DripAsync(rig, token)));
        await rig.StartAsync();
        var start = rig.Clock.GetUtcNow();

        await rig.RunUntilAsync(rig.Durable.WhenCalledAsync(1));

        Assert.True(rig.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(2));
        await Gate.WhenAsync(() => !_writes.IsEmpty);
        Assert.InRange(_writes.First().Count, 2, 1000);
    }

    [Fact]
    public async Task Bytes_OfOneWrite_StayBelowTheirBound()
    {
        await using var rig = NewRig(ticks: 65_536);
        rig.Configure("Sinks:store:MergeBytes", "1024");
        var gate = HoldUp(rig);
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 300).Select(n => ScriptedProvider.Row($"{n}", n))]));
        await rig.StartAsync();
        await rig.Durable.WhenCalledAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("store").Offered == 300);
        gate.SetResult();
        await rig.Store.WhenEndedAsync(1);

        // A tick of this kind takes about ten bytes, and each batch its header beside.
        Assert.All(_writes, write => Assert.InRange(write.Count, 1, 100));
        Assert.True(_writes.Count < 60, $"{_writes.Count} writes");
    }

    // The first batch is in the sink's hand before the others come.
    private static async IAsyncEnumerable<RawPrice> InTwoAsync(Rig rig)
    {
        for (var n = 1; n <= 40; n++)
        {
            if (n == 6)
            {
                await rig.Durable.WhenCalledAsync(1);
            }

            yield return ScriptedProvider.Row($"{n}", n);
        }
    }

    private static async IAsyncEnumerable<RawPrice> DripAsync(Rig rig, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var n = 1; ; n++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), rig.Clock, cancellationToken);
            yield return ScriptedProvider.Row("drop", n);
        }
    }

    private TaskCompletionSource HoldUp(Rig rig)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Durable.Write = async (batch, _) =>
        {
            await gate.Task;
            _writes.Enqueue((batch.Id, batch.Provider, batch.Count));
            return WriteOutcome.AllWritten(batch);
        };
        return gate;
    }

    private Rig NewRig(int ticks)
    {
        var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "5").Configure("Sinks:store:MergeTicks", $"{ticks}");
        rig.Durable.Write = (batch, _) =>
        {
            _writes.Enqueue((batch.Id, batch.Provider, batch.Count));
            return new(WriteOutcome.AllWritten(batch));
        };
        return rig;
    }
}
