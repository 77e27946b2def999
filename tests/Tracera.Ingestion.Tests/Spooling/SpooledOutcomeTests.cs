using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Spooling;

/// <summary>What the spool has accepted is settled for its run: what becomes of it later is the sink's alone.</summary>
public sealed class SpooledOutcomeTests : IDisposable
{
    private const int Rows = 40;
    private readonly SpoolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Write_OfWhatWasSpooled_ThatDoesNotAddUp_LeavesTheRunAsItIs()
    {
        await using var rig = new Rig();
        rig.Outside.ExpectsLoss = true;
        rig.Services.AddSingleton<ISpoolFactory>(new CountedSpools(_bench, rig.Outside));
        rig.Configure("Ingestion:BatchSize", "10").Configure("Sinks:store:Overflow", "Spill").Configure("Sinks:store:QueueCapacity", "1");
        rig.Durable.Write = static (_, _) => throw new IOException("away");
        var held = new TaskCompletionSource();
        RawPrice[] rows = [.. Enumerable.Range(1, Rows).Select(n => ScriptedProvider.Row($"{n}", n))];
        rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token, rows)));
        await rig.StartAsync();
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Queue.Spool!.Ticks == Rows));

        var answers = 0;
        rig.Durable.Write = (batch, _) => new(new WriteOutcome(batch.Count - (++answers == 1 ? 1 : 0)));
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Ledger("store").Buffered == 0));
        held.SetResult();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        Assert.Equal((Rows - 1L, 1L), (rig.Ledger("store").Written, rig.Ledger("store").Lost));
        Assert.Equal((RunState.Completed, (long)Rows), (rig.Store.Runs[0].State, rig.Store.Runs[0].Providers[0].Accepted));
    }
}
