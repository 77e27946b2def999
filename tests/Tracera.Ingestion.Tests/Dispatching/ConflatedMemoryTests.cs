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
        return new BatchLease(new PriceBatch(Guid.NewGuid(), new RunId(Guid.NewGuid()), "p", memory.AsMemory(0, 1)), memory, at);
    }
}
