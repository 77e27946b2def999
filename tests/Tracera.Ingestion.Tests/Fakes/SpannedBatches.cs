using System.Buffers;

namespace Tracera.Ingestion.Tests;

/// <summary>Makes batches of prices of neighbours of one table, as a venue's answer does that names its items in the same order again.</summary>
internal sealed class SpannedBatches(int batchSize)
{
    /// <summary>The run of the batches.</summary>
    public RunId Run { get; set; } = new(Guid.NewGuid());

    /// <summary>A batch of the series from one on, each observed at one time and of one price.</summary>
    public BatchLease Make(int table, int first, int count, long time, bool isSpanned = true, int price = 1)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(batchSize);
        for (var at = 0; at < count; at++)
        {
            memory[at] = new PriceTick(new ItemId(1 + first + at), new SourceId(table % 10), price, null, time, time);
        }

        var batch = new PriceBatch(Guid.NewGuid(), Run, $"p{table}", memory.AsMemory(0, count));
        return BatchLease.Of(batch, memory, time, span: isSpanned ? new BatchSpan(table, first, time, time) : default);
    }

    /// <summary>The batches of one cycle, as they are cut at some places.</summary>
    public IEnumerable<BatchLease> Cycle(int table, long time, params int[] cuts) =>
        cuts.Zip(cuts.Skip(1), (from, to) => Make(table, from, to - from, time));
}
