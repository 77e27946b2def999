using System.Buffers;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>What a conflating queue holds follows from the series there are, however many runs and batches they come in.</summary>
public sealed class ConflatedMemoryTests
{
    private const int BatchSize = 4_096;
    private const int Series = 200;
    private const int Added = 20_000;
    private readonly SinkOptions _options = new() { Overflow = SinkOverflow.Conflate };

    [Fact]
    public void TryAdd_AFewTicksOfEveryRun_HoldsBatchesOfTheirSizeAndNotManyMoreThanSeries()
    {
        var waiting = new WaitingBatches(_options, new SinkAccount("live", isDurable: false), BatchSize);
        for (var at = 0; at < Added; at++)
        {
            Assert.True(waiting.TryAdd(Batch(at)));
            Assert.InRange(waiting.Count, 0, (2 * Series) + 1);
            Assert.Equal(waiting.All.Sum(lease => lease.Count), waiting.Ticks);
        }

        Assert.DoesNotContain(waiting.All, lease => lease.IsSparse);
        var newest = waiting.All.SelectMany(lease => lease.Batch.Ticks.ToArray()).GroupBy(tick => tick.Item).Select(group => group.Max(tick => tick.Price));
        Assert.Equal(Enumerable.Range(Added - Series, Series).Select(at => 1m + at), newest.Order());
        while (waiting.Take() is { } lease)
        {
            lease.Release();
        }

        Assert.Equal((0, 0L), (waiting.Count, waiting.Ticks));
    }

    private static BatchLease Batch(int at)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(BatchSize);
        memory[0] = new PriceTick(new ItemId(1 + (at % Series)), new SourceId(1), 1 + at, null, at, at);
        return BatchLease.Of(new PriceBatch(Guid.NewGuid(), new RunId(Guid.NewGuid()), "p", memory.AsMemory(0, 1)), memory, at);
    }

    [Theory]
    [InlineData(new[] { 3, 4, 5 }, 1, true)]
    [InlineData(new[] { 3, 5, 6 }, 1, false)]
    [InlineData(new[] { 3, 4, 4 }, 1, false)]
    [InlineData(new[] { 5, 4, 3 }, 1, false)]
    [InlineData(new[] { 3, 4, 5 }, 2, false)]
    public void Batch_OfNeighboursOfOneTable_KnowsItsSpan(int[] places, int tableAtTheEnd, bool isOneRun)
    {
        var batcher = new TickBatcher(TimeProvider.System);
        batcher.BeginRun(new RunRow(new RunId(Guid.NewGuid()), "p", DateTimeOffset.UnixEpoch), BatchLane.Live, BatchSize);
        batcher.Begin(1, places[0]);
        foreach (var place in places)
        {
            batcher.Add(new Series { Item = new ItemId(1), Source = new SourceId(1), Place = place }, ScriptedProvider.Row("a", 1), 100 - place, 200);
        }

        Assert.Equal(isOneRun ? new BatchSpan(1, 3, 95, 97) : default, batcher.Take(tableAtTheEnd).Span);
    }
}
