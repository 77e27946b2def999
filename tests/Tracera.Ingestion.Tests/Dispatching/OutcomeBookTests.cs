using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Dispatching;

public sealed class OutcomeBookTests
{
    [Fact]
    public async Task Lost_ABatchThatSomebodyWaitsFor_IsToldWithoutAnOutcome()
    {
        await using var rig = new Rig { IsAudited = false };
        await rig.StartAsync();
        var parts = rig.Provided.GetRequiredService<SinkPumps>().Lines[0].Parts;
        var lease = new SpannedBatches(1).Make(table: 1, first: 0, count: 1, time: 0);
        var told = parts.Awaited.WhenToldAsync(lease.Batch.Id);

        new OutcomeBook(parts).Lost(lease);

        Assert.Null(await told.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_OfADurableSinkThatConflates_IsNoAnswer()
    {
        await using var rig = new Rig();
        rig.Outside.ExpectsLoss = true;
        rig.Durable.Write = static (batch, _) => new(new WriteOutcome(0, Conflated: batch.Count));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));

        await rig.StartAsync();
        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal((RunState.Failed, 0L), (run.State, run.Providers[0].Accepted));
        Assert.Equal((0L, 1L), (rig.Ledger("store").Conflated, rig.Ledger("store").Lost));
    }
}
