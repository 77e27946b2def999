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
