using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Ledgers;

/// <summary>Plants defects in the pipeline and sees that the outside ledger finds each; without one it finds nothing.</summary>
public sealed class DefectTests
{
    [Fact]
    public async Task NoDefect_AtEveryQuietPoint_LeavesTheLedgersEqual()
    {
        await using var audited = new Audited();
        await audited.Rig.StartAsync();
        for (var run = 1; run <= 3; run++)
        {
            await WhenRunsEndedAsync(audited, run);
            await WhenOthersWrittenAsync(audited);
            Assert.Empty(audited.Violations());
            Assert.Equal(run * Audited.Providers * Audited.RowsPerCycle, audited.Rig.Control.GetPipeline().Providers.Sum(ledger => ledger.Fetched));
            await audited.Rig.RunUntilAsync(Gate.WhenAsync(() => audited.Rig.Store.Runs.Count > run));
        }

        await audited.Rig.StopAsync();
        Assert.Empty(audited.Violations(isStopped: true));
    }

    [Fact]
    public async Task Stop_WhileEverythingIsUnderWay_DrainsAndLeavesTheLedgersEqual()
    {
        await using var audited = new Audited(isHeldUp: true);
        await audited.Rig.StartAsync();
        await audited.Rig.Durable.WhenCalledAsync(1);
        var pumps = audited.Rig.Provided.GetRequiredService<SinkPumps>();

        // Held until the pumps themselves stop, so that much waits then.
        var stop = audited.Rig.StopAsync();
        await Gate.WhenAsync(() => pumps.Lines.All(line => line.Queue.IsCompleted));
        Assert.True(audited.Rig.Ledger("store").Buffered > 0);
        audited.Target.Release();
        await stop;

        Assert.Empty(audited.Violations(isStopped: true));
    }

    [Fact]
    public Task AckBeforeWrite_IsFound() => IsFoundAsync(
        (target, _) => new Planted(batch =>
        {
            // The write itself comes later, and fails.
            StoreCall.Observe(target.WriteAsync(batch, new CancellationToken(canceled: true)).AsTask());
            return new(WriteOutcome.AllWritten(batch));
        }),
        "store holds 0 and the ledger has");

    [Fact]
    public Task DroppedBatch_IsFound()
    {
        var calls = 0;
        return IsFoundAsync(
            (target, _) => new Planted(batch => ++calls % 5 == 0 ? new(WriteOutcome.AllWritten(batch)) : target.WriteAsync(batch, default)), "store holds");
    }

    [Fact]
    public Task OrderSwapped_IsFound()
    {
        PriceBatch? first = null;
        return IsFoundAsync(
            (target, _) => new Planted(async batch =>
            {
                if (first is null && batch.Provider == "p0")
                {
                    // The memory of a batch is lent for the call only, so that what is kept is a copy.
                    first = new PriceBatch(batch.Id, batch.RunId, batch.Provider, batch.Ticks.ToArray(), batch.Lane);
                    return WriteOutcome.AllWritten(batch);
                }

                var outcome = await target.WriteAsync(batch, default);
                if (first is { Count: > 0 } late && batch.Provider == "p0")
                {
                    await target.WriteAsync(late, default);
                    first = new PriceBatch(batch.Id, batch.RunId, batch.Provider, default, batch.Lane);
                }

                return outcome;
            }),
            "store got the prices of p0 out of order");
    }

    [Fact]
    public Task OutcomeCountedTwice_IsFound() => IsFoundAsync(
        (target, rig) => new Planted(async batch =>
        {
            var outcome = await target.WriteAsync(batch, default);
            rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Parts.Account.Settle(outcome);
            return outcome;
        }),
        "have an outcome");

    [Fact]
    public Task RunEndedEarly_IsFound()
    {
        // Told before and after the write, half of the 170 prices are enough for the row to seem done: at the ninth of 17 batches.
        var batches = 0;
        return IsFoundAsync(
            (target, rig) => new Planted(async batch =>
            {
                if (batch.Provider == "p0")
                {
                    await Gate.WhenAsync(() => rig.Status("p0").State != ProviderState.Running);
                    rig.Provided.GetRequiredService<IRunTracker>().Settled(batch, WriteOutcome.AllWritten(batch));
                    var number = ++batches;
                    await Gate.WhenAsync(() => number != 9 || rig.Store.Runs[0].Providers[0].State != RunState.Running);
                }

                return await target.WriteAsync(batch, default);
            }),
            "the row of p0 ended with 170 stored while the store held 80");
    }

    [Fact]
    public async Task BatchLostInTheChannel_IsFound()
    {
        await using var audited = await HeldUpAsync();
        var stolen = audited.Rig.Provided.GetRequiredService<IngestChannel>().Reader.TryRead(out _);

        Assert.True(stolen);
        await FinishAsync(audited, "have an outcome");
    }

    [Fact]
    public async Task DropFromTheQueueUncounted_IsFound()
    {
        await using var audited = await HeldUpAsync();
        var queue = audited.Rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Queue;
        Assert.NotNull(await queue.TakeAsync(TestContext.Current.CancellationToken));

        await FinishAsync(audited, "store was offered");
    }

    [Fact]
    public async Task DrainSkipped_IsFound()
    {
        await using var audited = await HeldUpAsync();
        await audited.Rig.Provided.GetRequiredService<SinkPumps>().StopAsync(new CancellationToken(canceled: true));

        await audited.Rig.StopAtDeadlineAsync();

        Assert.Contains(audited.Violations(isStopped: true), line => line.StartsWith("store lost", StringComparison.Ordinal));
    }

    private static async Task IsFoundAsync(Func<IPriceSink, Rig, IPriceSink> plant, string violation)
    {
        await using var audited = new Audited(plant);
        await audited.Rig.StartAsync();
        await WhenRunsEndedAsync(audited, 1);
        await WhenOthersWrittenAsync(audited);
        await Gate.WhenAsync(() => audited.Rig.Ledger("store").Buffered == 0);

        Assert.Contains(audited.Violations(), line => line.Contains(violation, StringComparison.Ordinal));
    }

    private static async Task<Audited> HeldUpAsync()
    {
        var audited = new Audited(isHeldUp: true);
        audited.Rig.Configure("Ingestion:ChannelCapacity", "4").Configure("Sinks:store:QueueCapacity", "4");
        await audited.Rig.StartAsync();
        var channel = audited.Rig.Provided.GetRequiredService<IngestChannel>();
        var queue = audited.Rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Queue;

        // Full from the store back to the channel: whatever is done now finds batches at every place.
        await audited.Rig.Durable.WhenCalledAsync(1);
        await Gate.WhenAsync(() => queue.IsFull && channel.Status().Depth == 4);
        return audited;
    }

    private static async Task FinishAsync(Audited audited, string violation)
    {
        var stop = audited.Rig.StopAsync();
        audited.Target.Release();
        await stop;
        Assert.Contains(audited.Violations(isStopped: true), line => line.Contains(violation, StringComparison.Ordinal));
    }

    private static Task WhenRunsEndedAsync(Audited audited, int count) => audited.Rig.Store.WhenEndedAsync(count);

    private static Task WhenOthersWrittenAsync(Audited audited) => Gate.WhenAsync(() => audited.Rig.Ledger("other").Buffered == 0);

    private sealed class Planted(Func<PriceBatch, ValueTask<WriteOutcome>> write) : IPriceSink
    {
        public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken) => write(batch);
    }
}
