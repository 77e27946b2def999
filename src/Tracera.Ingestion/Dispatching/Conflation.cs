using System.Buffers;

namespace Tracera.Ingestion;

/// <summary>Shrinks a queue of batches to the newest tick of each series.</summary>
internal static class Conflation
{
    /// <summary>Lets go of whole batches of which every series has a newer tick in a later batch, without a look at their ticks.</summary>
    /// <param name="queue">The batches, oldest first.</param>
    /// <param name="conflated">How many ticks went.</param>
    /// <returns>The new queue, in the same order.</returns>
    public static Queue<BatchLease> DropOutdated(Queue<BatchLease> queue, out int conflated)
    {
        var newer = new Dictionary<(int Table, int First), BatchLease>();
        var kept = new Stack<BatchLease>();
        conflated = 0;
        foreach (var lease in queue.Reverse())
        {
            var span = lease.Span;
            if (span.Table != 0 && !newer.TryAdd((span.Table, span.First), lease) && Replaces(newer[(span.Table, span.First)], lease))
            {
                conflated += lease.Count;
                lease.Release();
            }
            else
            {
                kept.Push(lease);
            }
        }

        return new Queue<BatchLease>(kept);
    }

    /// <summary>The same batch in memory of its own size, where it has twice as much or more; the lease is let go of then.</summary>
    public static BatchLease Compact(BatchLease lease)
    {
        if (!lease.IsSparse)
        {
            return lease;
        }

        var memory = ArrayPool<PriceTick>.Shared.Rent(lease.Count);
        var batch = lease.Batch;
        batch.Ticks.CopyTo(memory);
        var compact = new BatchLease(new PriceBatch(batch.Id, batch.RunId, batch.Provider, memory.AsMemory(0, batch.Count), batch.Lane), memory, lease.CreatedAt)
        {
            IsReplay = lease.IsReplay,
            Span = lease.Span,
        };
        lease.Release();
        return compact;
    }

    /// <summary>Makes new batches of the ticks that stay, and lets go of the old ones.</summary>
    /// <param name="queue">The batches, oldest first.</param>
    /// <param name="batchSize">How many ticks a new batch holds at most.</param>
    /// <param name="conflated">How many ticks did not stay.</param>
    /// <returns>The new queue, in the same order; each batch still is of one (run, provider).</returns>
    public static Queue<BatchLease> KeepNewest(Queue<BatchLease> queue, int batchSize, out int conflated)
    {
        var newest = FindNewest(queue, out var total);
        var kept = new Queue<BatchLease>();
        Batch? open = null;
        var ordinal = 0;
        foreach (var lease in queue)
        {
            foreach (ref readonly var tick in lease.Batch.Ticks.Span)
            {
                if (newest[tick.Series].Ordinal != ordinal++)
                {
                    continue;
                }

                if (open is null || !open.Fits(lease, batchSize))
                {
                    open?.CloseInto(kept);
                    open = new Batch(lease, batchSize);
                }

                open.Add(tick);
            }

            lease.Release();
        }

        open?.CloseInto(kept);
        conflated = total - newest.Count;
        return kept;
    }

    private static bool Replaces(BatchLease later, BatchLease lease) => later.Count >= lease.Count && later.Span.Earliest > lease.Span.Latest;

    private static Dictionary<SeriesKey, (PriceTick Tick, int Ordinal)> FindNewest(Queue<BatchLease> queue, out int total)
    {
        var newest = new Dictionary<SeriesKey, (PriceTick Tick, int Ordinal)>();
        var ordinal = 0;
        foreach (var lease in queue)
        {
            foreach (ref readonly var tick in lease.Batch.Ticks.Span)
            {
                if (!newest.TryGetValue(tick.Series, out var known) || !known.Tick.IsNewerThan(tick))
                {
                    newest[tick.Series] = (tick, ordinal);
                }

                ordinal++;
            }
        }

        total = ordinal;
        return newest;
    }

    private sealed class Batch(BatchLease origin, int size)
    {
        private PriceTick[] _memory = ArrayPool<PriceTick>.Shared.Rent(size);
        private int _count;

        public bool Fits(BatchLease lease, int limit) =>
            _count < limit && lease.Batch.RunId == origin.Batch.RunId && lease.Batch.Provider == origin.Batch.Provider;

        public void Add(in PriceTick tick) => _memory[_count++] = tick;

        // In memory of its own size, because of a long queue only a few ticks of a batch may stay.
        public void CloseInto(Queue<BatchLease> queue)
        {
            if (_count <= _memory.Length / 2)
            {
                var fitting = ArrayPool<PriceTick>.Shared.Rent(_count);
                _memory.AsSpan(0, _count).CopyTo(fitting);
                ArrayPool<PriceTick>.Shared.Return(_memory);
                _memory = fitting;
            }

            var batch = new PriceBatch(Guid.NewGuid(), origin.Batch.RunId, origin.Batch.Provider, _memory.AsMemory(0, _count), origin.Batch.Lane);
            queue.Enqueue(new BatchLease(batch, _memory, origin.CreatedAt));
        }
    }
}
