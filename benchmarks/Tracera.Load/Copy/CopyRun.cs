using Tracera.Postgres;

namespace Tracera.Load;

/// <summary>Ways to write batches with the product's own writers.</summary>
internal static class CopyRun
{
    /// <summary>COPY alone, a transaction a batch, over as many connections as there are sessions.</summary>
    public static Task PlainAsync((WriterSession Session, CopyBlocks Blocks)[] writers, PriceTick[][] batches, CancellationToken cancellationToken) => Task.WhenAll(
        writers.Select((writer, part) => Task.Run(
            async () =>
            {
                foreach (var batch in batches)
                {
                    await writer.Session.CopyAsync(writer.Blocks, new TickPart(batch, part, writers.Length), staged: false, cancellationToken);
                }
            },
            cancellationToken)));

    /// <summary>The sink as the pump calls it.</summary>
    public static async Task<WriteOutcome> SinkAsync(IPriceSink sink, IEnumerable<PriceTick[]> batches, CancellationToken cancellationToken)
    {
        var outcome = default(WriteOutcome);
        foreach (var batch in batches)
        {
            outcome += await sink.WriteAsync(CopyFeed.Batch(batch), cancellationToken);
        }

        return outcome;
    }

    /// <summary>What the sink does with a batch that conflicts, for every batch.</summary>
    public static async Task AlwaysStagedAsync(WriterSession session, CopyBlocks blocks, IEnumerable<PriceTick[]> batches, CancellationToken cancellationToken)
    {
        var shape = new PartShape();
        await session.PrepareStagingAsync(cancellationToken);
        foreach (var ticks in batches)
        {
            var (id, part) = (Guid.NewGuid(), new TickPart(ticks, 0, 1));
            shape.Measure(part);
            var transaction = await session.BeginAsync(cancellationToken);
            await session.ClaimAsync(id, part, default, [.. shape.Minutes], cancellationToken);
            var write = new StagedWrite(session, blocks, BatchFold.Fold(part), cancellationToken);
            await write.RunAsync();
            var outcome = new WriteOutcome(write.Written, ticks.Length - write.Written - write.Corrected, write.Corrected);
            await session.RecordAsync(id, part, outcome, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
