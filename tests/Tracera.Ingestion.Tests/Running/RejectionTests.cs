namespace Tracera.Ingestion.Tests.Running;

public sealed class RejectionTests
{
    [Fact]
    public async Task Rows_OfEveryKind_AreCountedByReasonAndAddUp()
    {
        await using var rig = new Rig();
        var now = rig.Clock.GetUtcNow();
        RawPrice[] rows =
        [
            ScriptedProvider.Row("a", 1.25m, 3),
            ScriptedProvider.Row("b", 0),
            ScriptedProvider.Row("c", -1),
            ScriptedProvider.Row("d", 1.0000000000001m),
            ScriptedProvider.Row("d2", 1.1000000000000000m),
            ScriptedProvider.Row("", 1),
            ScriptedProvider.Row(new string('x', 257), 1),
            ScriptedProvider.Row("e", 1, -1),
            ScriptedProvider.Row("f", 1, at: now.AddMinutes(6)),
            ScriptedProvider.Row("g", 1, at: now.AddMinutes(4)),
            ScriptedProvider.Row("h", 1, at: now.AddHours(-25)),
            ScriptedProvider.Row("i", 1, at: now.AddHours(-23)),
            ScriptedProvider.Row("a", 1.25m, 3),
            ScriptedProvider.Row("a", 1.30m, 3),
            new("test", "j", 1, null!),
            new("test", "k", 1, ScriptedProvider.Source with { VolumeKind = VolumeKind.Stock }),
        ];
        rig.Add("p", new ScriptedProvider((context, _) =>
        {
            context.Reject("z", "own_reason", "sample");
            return rows.ToAsyncEnumerable();
        }));

        await rig.StartAsync();
        var row = (await rig.Store.WhenEndedAsync(1)).Providers[0];

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["own_reason"] = 1,
                [RejectReasons.NoPrice] = 1,
                [RejectReasons.BadPrice] = 2,
                [RejectReasons.BadName] = 2,
                [RejectReasons.BadVolume] = 1,
                [RejectReasons.TooEarly] = 1,
                [RejectReasons.TooLate] = 1,
                [RejectReasons.BadRow] = 2,
            },
            row.RejectedBy);
        Assert.Equal((17L, 11L, 1L, 5L), (row.Fetched, row.Rejected, row.Deduplicated, row.Accepted));
        Assert.Equal(row.Fetched, row.Rejected + row.Deduplicated + row.Accepted);
        Assert.Equal([1.25m, 1.1m, 1m, 1m, 1.30m], rig.Durable.Ticks.Select(tick => tick.Price));
        Assert.True(rig.Durable.Ticks[4].IsNewerThan(rig.Durable.Ticks[0]));
    }

    [Fact]
    public async Task Catalogue_Away_RejectsUnknownNamesOnly()
    {
        await using var rig = new Rig();
        var cycle = 0;
        rig.Add(
            "p",
            new ScriptedProvider((_, _) => (cycle++ == 0
                ? new[] { ScriptedProvider.Row("known", 1) }
                : [ScriptedProvider.Row("known", 2), ScriptedProvider.Row("new", 3)]).ToAsyncEnumerable()),
            options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        rig.Store.IsAway = true;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2));

        Assert.Equal([1m, 2m], rig.Durable.Ticks.Select(tick => tick.Price));
        Assert.Equal(1, rig.ProviderLedger("p").RejectedBy[RejectReasons.CatalogUnavailable]);
    }

    [Fact]
    public async Task Catalogue_ThatRefusesAName_CostsTheRowsOfThatNameAlone()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Store.Refused = "item 37";
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 100).Select(n => ScriptedProvider.Row($"item {n}", n)), ScriptedProvider.Row("item 37", 37)]));
        await rig.StartAsync();

        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal((RunState.Completed, 99L, 2L), (run.State, run.Providers[0].Stored, run.Providers[0].RejectedBy[RejectReasons.BadName]));
        Assert.Equal(Enumerable.Range(1, 100).Where(n => n != 37), rig.Durable.Ticks.Select(tick => (int)tick.Price));
        Assert.Contains("refuses the name item 37 of p", Assert.Single(log.Of(2303)).Text, StringComparison.Ordinal);
        Assert.Empty(log.Of(2300));
        Assert.InRange(rig.Store.CatalogCalls, 1, 20);
    }

    [Fact]
    public async Task Catalogue_AwayWhileTheNameItRefusesIsLookedFor_IsNotTakenForARefusal()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        (rig.Store.Refused, rig.Store.GoesAfterRefusal) = ("bad", true);
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("good", 1), ScriptedProvider.Row("bad", 2)), options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await Gate.WhenAsync(() => log.Of(2300).Any());
        Assert.Empty(log.Of(2303));

        (rig.Store.IsAway, rig.Store.GoesAfterRefusal) = (false, false);
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));

        Assert.Equal([1m], rig.Durable.Ticks.Select(tick => tick.Price));
        Assert.Equal((2L, 1L), (rig.ProviderLedger("p").RejectedBy[RejectReasons.CatalogUnavailable], rig.ProviderLedger("p").RejectedBy[RejectReasons.BadName]));
    }

    [Fact]
    public async Task Names_ManyNew_AreResolvedInBatchesAndKeepTheirOrder()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "100");
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 1000).Select(n => ScriptedProvider.Row($"item {n}", n))]));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        Assert.Equal(10, rig.Store.CatalogCalls);
        Assert.Equal(Enumerable.Range(1, 1000), rig.Durable.Ticks.Select(tick => (int)tick.Price));
        Assert.All(rig.Durable.Batches, batch => Assert.Equal(100, batch.Count));
    }
}
