using System.Buffers;

namespace Tracera.Ingestion;

/// <summary>A batch in pooled memory, shared by whoever holds a reference; the last one to let go gives the memory back.</summary>
internal sealed class BatchLease(PriceBatch batch, PriceTick[] memory, long createdAt)
{
    // What the pool hands out at least.
    private const int SmallestMemory = 16;
    private readonly PriceBatch _batch = batch;
    private int _references = 1;

    /// <summary>What sinks see.</summary>
    public ref readonly PriceBatch Batch => ref _batch;

    /// <summary>The clock's timestamp at which the batch was made.</summary>
    public long CreatedAt { get; } = createdAt;

    /// <summary>Whether its ticks were dead letters, whose run has counted them already.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Its series, where they are neighbours; the default otherwise.</summary>
    public BatchSpan Span { get; init; }

    public int Count => _batch.Count;

    /// <summary>Whether it holds at least twice the memory that its ticks need.</summary>
    public bool IsSparse => memory.Length > SmallestMemory && Count <= memory.Length / 2;

    /// <summary>A lease of a copy of a batch that is in memory of somebody else's.</summary>
    public static BatchLease CopyOf(PriceBatch batch, long createdAt, bool isReplay = false, BatchSpan span = default)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(batch.Count);
        batch.Ticks.CopyTo(memory);
        return new BatchLease(new PriceBatch(batch.Id, batch.RunId, batch.Provider, memory.AsMemory(0, batch.Count), batch.Lane), memory, createdAt)
        {
            IsReplay = isReplay,
            Span = span,
        };
    }

    public BatchLease Retain()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Lets go. A holder that cannot know whether the memory is still being read lets the collector have it and does not call this.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            ArrayPool<PriceTick>.Shared.Return(memory);
        }
    }
}
