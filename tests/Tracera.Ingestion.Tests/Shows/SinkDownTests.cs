namespace Tracera.Ingestion.Tests.Shows;

/// <summary>What a sink that is down does to the others; how fast those are meanwhile is measured by <c>Tracera.Load sink-down</c>.</summary>
[Collection(nameof(Alone))]
public sealed class SinkDownTests
{
    private const int Batches = 10_000;
    private const int BatchSize = 20;
    private const int Series = 1000;
    private const int Rows = Batches * BatchSize;
    private const long MemoryBound = 32 * 1024 * 1024;

    [Fact]
    public async Task OtherSink_DownForTenThousandBatches_HoldsUpNobodyIsBoundedAndCounted()
    {
        await using var rig = new Rig();
        Small(rig);
        var (down, up) = (rig.AddSink("down"), rig.AddSink("up", options => options.Overflow = SinkOverflow.Wait));
        var isDown = true;
        down.KeepsTicks = up.KeepsTicks = rig.Durable.KeepsTicks = false;
        down.Write = (batch, _) => isDown ? throw new IOException("down") : new(WriteOutcome.AllWritten(batch));
        var yielded = 0L;
        rig.Add(
            "p",
            new ScriptedProvider((_, _) => RowsOf(() => yielded++).ToAsyncEnumerable()),
            options => options.ProgressTimeout = TimeSpan.FromHours(1));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await Gate.WhenAsync(() => rig.Ledger("up").Buffered == 0 && rig.Ledger("down").Offered == Rows);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.InRange(held, long.MinValue, MemoryBound);
        Assert.Equal((Rows, Rows), ((int)yielded, (int)rig.Ledger("store").Written));
        Assert.Equal((Rows, 0L), (rig.Ledger("up").Written, rig.Ledger("up").Lost));
        var atRest = rig.Ledger("down");
        Assert.Equal((0L, 0L, 0L, (long)Rows), (atRest.Written, atRest.Lost, atRest.DeadLettered, atRest.Conflated + atRest.Buffered));
        Assert.InRange(atRest.Buffered, Series, (2 * Series) + (BatchSize * SinkOptions.DefaultQueueCapacity));

        isDown = false;
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Ledger("down").Buffered == 0));
        await rig.StopAsync();
        var done = rig.Ledger("down");
        Assert.Equal((long)Rows, done.Written + done.Conflated);
        Assert.Equal(done.Written, down.Count);
    }

    [Fact]
    public async Task DurableSink_DownForTenThousandBatches_SlowsPollingIsBoundedAndLosesNothing()
    {
        await using var rig = new Rig();
        Small(rig);
        var other = rig.AddSink("other");
        var isDown = true;
        other.KeepsTicks = rig.Durable.KeepsTicks = false;
        rig.Durable.Write = (batch, _) => isDown ? throw new IOException("down") : new(WriteOutcome.AllWritten(batch));
        var yielded = 0L;
        rig.Add(
            "p",
            new ScriptedProvider((_, _) => RowsOf(() => yielded++).ToAsyncEnumerable()),
            options => options.ProgressTimeout = TimeSpan.FromHours(1));

        await rig.StartAsync();
        await Gate.WhenAsync(() => rig.Control.GetPipeline().Queues[0].Depth == IngestionOptions.DefaultChannelCapacity);
        await rig.RunForAsync(TimeSpan.FromMinutes(10));

        // What is fetched waits in the queue, the channel, and one batch in each hand; the rest is not fetched yet.
        const int cap = (SinkOptions.DefaultQueueCapacity + IngestionOptions.DefaultChannelCapacity + 3) * BatchSize;
        Assert.InRange(yielded, 1, cap + BatchSize);
        Assert.Equal(RunState.Running, rig.Store.Runs[0].State);
        isDown = false;
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        Assert.Equal((RunState.Completed, (long)Rows), (rig.Store.Runs[0].State, rig.Store.Runs[0].Providers[0].Stored));
        Assert.Equal((Rows, Rows), ((int)yielded, (int)rig.Durable.Count));
        Assert.Equal(0, rig.Ledger("store").Lost);
    }

    private static void Small(Rig rig)
    {
        rig.Outside.ChecksOrder = false;
        rig.Configure("Ingestion:BatchSize", $"{BatchSize}");
    }

    private static IEnumerable<RawPrice> RowsOf(Action yielded)
    {
        var names = Enumerable.Range(0, Series).Select(n => $"item {n}").ToArray();
        for (var n = 0; n < Rows; n++)
        {
            yielded();
            yield return ScriptedProvider.Row(names[n % Series], n + 1);
        }
    }
}
