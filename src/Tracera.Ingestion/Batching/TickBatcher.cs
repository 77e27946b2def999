using System.Buffers;

namespace Tracera.Ingestion;

/// <summary>Gathers the ticks of one (run, provider) into batches. Not thread-safe.</summary>
internal sealed class TickBatcher(RunId runId, string provider, BatchLane lane, int size, TimeProvider time)
{
    private PriceTick[]? _memory;

    public int Count { get; private set; }

    public bool IsFull => Count >= size;

    /// <summary>Adds a tick; there must be room for it.</summary>
    public void Add(in PriceTick tick)
    {
        _memory ??= ArrayPool<PriceTick>.Shared.Rent(size);
        _memory[Count++] = tick;
    }

    /// <summary>Hands out what is there; at least one tick must be.</summary>
    public BatchLease Take()
    {
        var batch = new PriceBatch(Guid.CreateVersion7(time.GetUtcNow()), runId, provider, _memory.AsMemory(0, Count), lane);
        var lease = new BatchLease(batch, _memory!, time.GetTimestamp());
        (_memory, Count) = (null, 0);
        return lease;
    }

    /// <summary>Drops what is there.</summary>
    /// <returns>How many ticks that were.</returns>
    public int Drop()
    {
        var dropped = Count;
        if (_memory is not null)
        {
            ArrayPool<PriceTick>.Shared.Return(_memory);
        }

        (_memory, Count) = (null, 0);
        return dropped;
    }
}
