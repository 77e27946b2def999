namespace Tracera.Ingestion.Tests.Leasing;

public sealed class LostLeaseTests
{
    [Fact]
    public async Task Lease_LostInACycle_EndsItKeepsItsRowsAndIsTakenAgainLater()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Configure("Ingestion:Store", "Changes");
        var cycles = 0;

        // The price is the same again: the other host may have stored another one meanwhile.
        var provider = rig.Add("p", new ScriptedProvider((_, token) => ++cycles == 1
            ? ScriptedProvider.HangAsync(new TaskCompletionSource().Task, token, ScriptedProvider.Row("a", 1))
            : new[] { ScriptedProvider.Row("a", 1) }.ToAsyncEnumerable()));
        await rig.StartAsync();
        await Gate.WhenAsync(() => rig.Durable.Ticks.Count + rig.ProviderLedger("p").Fetched > 0);

        rig.Store.Holders["p"] = "another host";
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        var run = rig.Store.Runs[0];
        Assert.Equal((RunState.Failed, "p: the host stops or has lost the lease", 1L), (run.State, run.Error, run.Providers[0].Stored));

        Assert.Equal("The lease of p went to another host; its cycle is ended.", Assert.Single(log.Of(2502)).Text);

        // Asked for again and again: a cycle that began without it would have shown by then.
        await rig.RunUntilAsync(rig.Store.WhenRefusedAsync(3));
        Assert.Equal(1, provider.Cycles);

        rig.Store.Holders.Clear();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));
        Assert.Equal("me", rig.Store.Holders["p"]);
        Assert.Equal([1m, 1m], rig.Durable.Ticks.Select(tick => tick.Price));
    }
}
