using System.Buffers;
using System.Security.Cryptography;

namespace Tracera.Ingestion;

/// <summary>Joins small batches of one run of one provider into one write: up to a number of ticks or bytes, and no older than an age.</summary>
/// <remarks>
/// A merged batch is made once and offered to the sink under one id until it has its outcome. The id follows from those of its parts, so that the same parts have the same id again.
/// Backfill and replays are left as they are. Used by one pump.
/// </remarks>
internal sealed class BatchMerger(SinkOptions options, SinkQueue queue, TimeProvider time)
{
    private readonly ByteCounter _counter = new();

    /// <summary>Adds to a batch in hand what may be added.</summary>
    /// <returns>The batch to write.</returns>
    public ValueTask<BatchLease> GrowAsync(BatchLease first) =>
        first.Count >= options.MergeTicks || first.Batch.Lane != BatchLane.Live ? new(first) : GatherAsync(first);

    private async ValueTask<BatchLease> GatherAsync(BatchLease first)
    {
        var parts = new List<BatchLease> { first };
        var (ticks, bytes) = (first.Count, BytesOf(first));
        while (ticks < options.MergeTicks && bytes < options.MergeBytes)
        {
            var (sumOfTicks, sumOfBytes) = (ticks, bytes);
            var (also, mayCome) = queue.TakeAlso(next => IsOfTheSame(first.Batch, next.Batch)
                && sumOfTicks + next.Count <= options.MergeTicks && sumOfBytes + BytesOf(next) <= options.MergeBytes);
            if (also is not null)
            {
                parts.Add(also);
                (ticks, bytes) = (ticks + also.Count, bytes + BytesOf(also));
                continue;
            }

            var isOld = time.GetElapsedTime(first.CreatedAt) >= options.MergeAge;
            if (isOld || !mayCome || !await queue.WhenMoreAsync(options.MergeAge, first.CreatedAt).ConfigureAwait(false))
            {
                break;
            }
        }

        return parts.Count == 1 ? first : Join(parts, ticks);
    }

    private static bool IsOfTheSame(PriceBatch one, PriceBatch other) => one.RunId == other.RunId && one.Provider == other.Provider && one.Lane == other.Lane;

    private BatchLease Join(List<BatchLease> parts, int ticks)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(ticks);
        var at = 0;
        foreach (var part in parts)
        {
            part.Batch.Ticks.CopyTo(memory.AsMemory(at));
            at += part.Count;
        }

        var first = parts[0].Batch;
        var merged = BatchLease.Of(
            new PriceBatch(IdOf(parts), first.RunId, first.Provider, memory.AsMemory(0, ticks), first.Lane), memory, parts[0].CreatedAt);
        queue.Hold(merged);
        parts.ForEach(static part => part.Release());
        return merged;
    }

    // A UUID of version 8 (RFC 9562) from the first bytes of the hash of the parts' ids.
    private static Guid IdOf(List<BatchLease> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        parts.ForEach(part => hash.AppendData(part.Batch.Id.ToByteArray(bigEndian: true)));
        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private long BytesOf(BatchLease lease) => _counter.Count(lease.Batch);
}
