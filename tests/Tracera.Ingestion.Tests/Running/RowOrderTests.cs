namespace Tracera.Ingestion.Tests.Running;

public sealed class RowOrderTests
{
    private const int Cycles = 6;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 16)]
    [InlineData(4, 17)]
    [InlineData(5, 4096)]
    public async Task Rows_InTurnOutOfTurnAndNew_ReachTheSinkInTheirOrder(int seed, int batchSize)
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", $"{batchSize}");
        var random = new Random(seed);
        var cycles = Enumerable.Range(1, Cycles).Select(cycle => RowsOf(cycle, random)).ToList();
        var next = -1;
        rig.Add("p", new ScriptedProvider((_, _) => cycles[Math.Min(++next, Cycles - 1)].ToAsyncEnumerable()), options => options.Interval = TimeSpan.FromSeconds(1));

        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(Cycles));
        await rig.StopAsync();

        var expected = cycles.SelectMany(rows => rows.Select(row => row.Price)).ToList();
        Assert.Equal(expected, rig.Durable.Ticks.Take(expected.Count).Select(tick => tick.Price));
        Assert.All(rig.Durable.Batches, batch => Assert.InRange(batch.Count, 1, batchSize));
    }

    [Fact]
    public async Task Rows_ThatRepeatOthersOutOfTurn_AreHeldBackUnlessTheySaySomethingNew()
    {
        await using var rig = new Rig();
        RawPrice[] first = [.. Enumerable.Range(0, 20).Select(name => ScriptedProvider.Row($"item {name}", 1.50m, name == 3 ? 7 : null))];
        RawPrice[] second =
        [
            .. first,
            first[0],
            ScriptedProvider.Row("item 1", 1.5m),
            ScriptedProvider.Row("item 2", 1.51m),
            first[3],
            ScriptedProvider.Row("item 3", 1.50m, 8),
            ScriptedProvider.Row("item 4", 1.50m, 0),
            ScriptedProvider.Row("item 2", 1.51m),
            ScriptedProvider.Row("item 5", 1.50m, at: rig.Clock.GetUtcNow().AddMinutes(-7)),
            first[4],
        ];
        var cycle = 0;
        rig.Add("p", new ScriptedProvider((_, _) => (cycle++ == 0 ? first : second).ToAsyncEnumerable()), options => options.Interval = TimeSpan.FromSeconds(1));

        await rig.StartAsync();
        var ended = rig.Store.WhenEndedAsync(2);
        await rig.RunUntilAsync(ended);
        await rig.StopAsync();

        var further = rig.Durable.Ticks.Skip(2 * first.Length).Select(tick => (tick.Price, tick.Volume)).ToList();
        Assert.Equal([(1.51m, null), (1.50m, 8m), (1.50m, 0m), (1.50m, null), (1.50m, null)], further.Take(5));
        Assert.Equal(4, (await ended).Providers[0].Deduplicated);
    }

    // Each cycle knows some names more, and begins with the order of the one before, of which some pieces stand elsewhere.
    private static RawPrice[] RowsOf(int cycle, Random random)
    {
        var names = Enumerable.Range(0, 60 + (cycle * 10)).Select(name => $"item {name}").ToList();
        for (var moves = cycle < 2 ? 0 : random.Next(2, 12); moves > 0; moves--)
        {
            var piece = names.GetRange(random.Next(names.Count - 20), random.Next(1, 20));
            names.RemoveAll(piece.Contains);
            names.InsertRange(random.Next(names.Count), piece);
        }

        return [.. names.Select((name, at) => ScriptedProvider.Row(name, (cycle * 1_000) + at + 1))];
    }
}
