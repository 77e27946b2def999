using System.Buffers;
using System.Collections.Concurrent;

namespace Tracera.Ingestion;

/// <summary>A batch in pooled memory, shared by whoever holds a reference; the last one to let go gives the memory back.</summary>
/// <remarks>The lease itself serves again too. Whoever has let go must not look at it any more: it may be another batch's by then.</remarks>
internal sealed class BatchLease
{
    // What the pool hands out at least.
    private const int SmallestMemory = 16;

    // More than queues of the default size hold; those beyond are left to the collector.
    private const int MaxSpare = 1024;
    private static readonly ConcurrentQueue<BatchLease> Spare = new();
    private static int _spareCount;
    private PriceBatch _batch;
    private PriceTick[] _memory = [];
    private int _references;

    private BatchLease()
    {
    }

    /// <summary>What sinks see.</summary>
    public ref readonly PriceBatch Batch => ref _batch;

    /// <summary>The clock's timestamp at which the batch was made.</summary>
    public long CreatedAt { get; private set; }

    /// <summary>Whether its ticks were dead letters, whose run has counted them already.</summary>
    public bool IsReplay { get; private set; }

    /// <summary>Its series, where they are neighbours; the default otherwise.</summary>
    public BatchSpan Span { get; private set; }

    public int Count => _batch.Count;

    /// <summary>Whether it holds at least twice the memory that its ticks need.</summary>
    public bool IsSparse => _memory.Length > SmallestMemory && Count <= _memory.Length / 2;

    /// <summary>A lease with one reference, its maker's.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="memory">Where its ticks lie; rented, and given back in the end.</param>
    /// <param name="createdAt">The clock's timestamp at which the batch was made.</param>
    /// <param name="isReplay">Whether its ticks were dead letters.</param>
    /// <param name="span">Its series, where they are neighbours.</param>
    public static BatchLease Of(in PriceBatch batch, PriceTick[] memory, long createdAt, bool isReplay = false, BatchSpan span = default)
    {
        if (Spare.TryDequeue(out var lease))
        {
            Interlocked.Decrement(ref _spareCount);
        }
        else
        {
            lease = new BatchLease();
        }

        (lease._batch, lease._memory, lease._references) = (batch, memory, 1);
        (lease.CreatedAt, lease.IsReplay, lease.Span) = (createdAt, isReplay, span);
        return lease;
    }

    /// <summary>A lease of a copy of a batch that is in memory of somebody else's.</summary>
    public static BatchLease CopyOf(in PriceBatch batch, long createdAt, bool isReplay = false, BatchSpan span = default)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(batch.Count);
        batch.Ticks.CopyTo(memory);
        return Of(new PriceBatch(batch.Id, batch.RunId, batch.Provider, memory.AsMemory(0, batch.Count), batch.Lane), memory, createdAt, isReplay, span);
    }

    public BatchLease Retain()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Lets go. A holder that cannot know whether the memory is still being read lets the collector have it and does not call this.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) != 0)
        {
            return;
        }

        ArrayPool<PriceTick>.Shared.Return(_memory);
        (_batch, _memory) = (default, []);
        if (Interlocked.Increment(ref _spareCount) <= MaxSpare)
        {
            Spare.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref _spareCount);
        }
    }
}
