using System.Buffers;
using System.Runtime.InteropServices;

namespace Tracera.Ingestion;

/// <summary>Shrinks a queue of batches to the newest tick of each series.</summary>
internal static class Conflation
{
    // The part of a batch below which it is gathered with others.
    private const int SmallestPart = 16;

    /// <summary>The same batch in memory of its own size, where it has twice as much or more; the lease is let go of then.</summary>
    public static BatchLease Compact(BatchLease lease)
    {
        if (!lease.IsSparse)
        {
            return lease;
        }

        var compact = BatchLease.CopyOf(lease.Batch, lease.CreatedAt, lease.IsReplay, lease.Span);
        lease.Release();
        return compact;
    }

    /// <summary>Makes new batches of the ticks that stay, and lets go of the old ones; one of neighbours of which all stay is kept as it is, so that it can still be found outdated as a whole.</summary>
    /// <param name="queue">The batches, oldest first.</param>
    /// <param name="batchSize">How many ticks a new batch holds at most.</param>
    /// <returns>The new batches, in the same order; each still is of one (run, provider).</returns>
    public static List<BatchLease> KeepNewest(IReadOnlyList<BatchLease> queue, int batchSize)
    {
        var stays = FindNewest(queue);
        var kept = new List<BatchLease>();
        Batch? open = null;
        var from = 0;
        foreach (var lease in queue)
        {
            var newest = stays.AsSpan(from, lease.Count);
            from += lease.Count;
            if (lease.Span.Table != 0 && lease.Count >= batchSize / SmallestPart && !newest.Contains(false))
            {
                open?.CloseInto(kept);
                open = null;
                kept.Add(Compact(lease));
            }
            else
            {
                open = Gather(lease, newest, batchSize, open, kept);
                lease.Release();
            }
        }

        open?.CloseInto(kept);
        return kept;
    }

    private static Batch? Gather(BatchLease lease, ReadOnlySpan<bool> stays, int batchSize, Batch? open, List<BatchLease> kept)
    {
        var ticks = lease.Batch.Ticks.Span;
        for (var at = 0; at < ticks.Length; at++)
        {
            if (!stays[at])
            {
                continue;
            }

            if (open is null || !open.Fits(lease, batchSize))
            {
                open?.CloseInto(kept);
                open = new Batch(lease, batchSize);
            }

            open.Add(ticks[at]);
        }

        return open;
    }

    // For every tick, in the order of the queue, whether it is the newest of its series.
    private static bool[] FindNewest(IReadOnlyList<BatchLease> queue)
    {
        var stays = new bool[queue.Sum(static lease => lease.Count)];
        var newest = new Dictionary<SeriesKey, (PriceTick Tick, int Ordinal)>(stays.Length / 2);
        var ordinal = 0;
        foreach (var lease in queue)
        {
            foreach (ref readonly var tick in lease.Batch.Ticks.Span)
            {
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, tick.Series, out var isKnown);
                if (!isKnown || !known.Tick.IsNewerThan(tick))
                {
                    known = (tick, ordinal);
                }

                ordinal++;
            }
        }

        foreach (var (_, place) in newest.Values)
        {
            stays[place] = true;
        }

        return stays;
    }

    // The lease may be let go of before the batch is full.
    private sealed class Batch(BatchLease origin, int size)
    {
        private readonly PriceBatch _origin = origin.Batch;
        private readonly long _createdAt = origin.CreatedAt;
        private PriceTick[] _memory = ArrayPool<PriceTick>.Shared.Rent(size);
        private int _count;

        public bool Fits(BatchLease lease, int limit) =>
            _count < limit && lease.Batch.RunId == _origin.RunId && lease.Batch.Provider == _origin.Provider;

        public void Add(in PriceTick tick) => _memory[_count++] = tick;

        // In memory of its own size, because of a long queue only a few ticks of a batch may stay.
        public void CloseInto(List<BatchLease> queue)
        {
            if (_count <= _memory.Length / 2)
            {
                var fitting = ArrayPool<PriceTick>.Shared.Rent(_count);
                _memory.AsSpan(0, _count).CopyTo(fitting);
                ArrayPool<PriceTick>.Shared.Return(_memory);
                _memory = fitting;
            }

            var batch = new PriceBatch(Guid.NewGuid(), _origin.RunId, _origin.Provider, _memory.AsMemory(0, _count), _origin.Lane);
            queue.Add(BatchLease.Of(batch, _memory, _createdAt));
        }
    }
}
