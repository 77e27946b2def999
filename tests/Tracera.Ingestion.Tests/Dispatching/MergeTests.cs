using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tracera.Ingestion.Tests.Dispatching;

public sealed class MergeTests
{
    private const int BatchSize = 5;
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
        rig.Configure("Sinks:store:MergeAge", "00:00:02");
        var rows = Channel.CreateBounded<int>(BatchSize);
        var stream = new StreamingProvider((_, token) => FromAsync(rows.Reader, token));
        rig.Add("ws", stream);
        await rig.StartAsync();
        await rig.RunUntilAsync(stream.WhenConnectedAsync(1));
        var start = rig.Clock.GetUtcNow();

        // The clock moves only when what was yielded before has come as far as the queue.
        await OfferAsync(rig, rows.Writer, 1);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await OfferAsync(rig, rows.Writer, 2);
        Assert.Empty(_writes);
        await rig.RunUntilAsync(rig.Durable.WhenCalledAsync(1));

        Assert.True(rig.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(2));
        await Gate.WhenAsync(() => !_writes.IsEmpty);
        Assert.Equal(2 * BatchSize, _writes.First().Count);
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

    private static async IAsyncEnumerable<RawPrice> FromAsync(
        ChannelReader<int> rows, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var n in rows.ReadAllAsync(cancellationToken))
        {
            yield return ScriptedProvider.Row($"{n}", n);
        }
    }

    private static async Task OfferAsync(Rig rig, ChannelWriter<int> rows, int batch)
    {
        for (var n = 1; n <= BatchSize; n++)
        {
            await rows.WriteAsync(((batch - 1) * BatchSize) + n, TestContext.Current.CancellationToken);
        }

        await Gate.WhenAsync(() => rig.Ledger("store").Offered == batch * BatchSize);
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
        rig.Configure("Ingestion:BatchSize", $"{BatchSize}").Configure("Sinks:store:MergeTicks", $"{ticks}");
        rig.Durable.Write = (batch, _) =>
        {
            _writes.Enqueue((batch.Id, batch.Provider, batch.Count));
            return new(WriteOutcome.AllWritten(batch));
        };
        return rig;
    }
}
