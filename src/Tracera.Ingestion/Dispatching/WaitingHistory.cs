namespace Tracera.Ingestion;

/// <summary>The batches of the backfill lane that wait in one queue: few, and served for their share of the sink's time. Guarded by its owner.</summary>
internal sealed class WaitingHistory(SinkOptions options, SinkAccount account, TimeProvider time)
{
    private const int Capacity = 4;
    private readonly Queue<BatchLease> _waiting = new();
    private readonly HistoryPace _pace = new(options.BackfillShare, time);

    public int Count => _waiting.Count;

    /// <summary>How long the lane rests.</summary>
    public TimeSpan Rest => _pace.Left;

    public long CountTicks() => _waiting.Sum(static lease => (long)lease.Count);

    /// <summary>Adds a batch and counts it as offered, unless there is no room.</summary>
    public bool TryAdd(BatchLease lease)
    {
        if (_waiting.Count >= Capacity)
        {
            return false;
        }

        account.Offer(lease.Count);
        _waiting.Enqueue(lease);
        return true;
    }

    /// <summary>Takes the oldest batch, if the share allows; at the end nothing rests.</summary>
    public BatchLease? Take(bool isEnd)
    {
        if ((Rest > TimeSpan.Zero && !isEnd) || !_waiting.TryDequeue(out var history))
        {
            return null;
        }

        _pace.Begin();
        return history;
    }

    /// <summary>The batch that was taken has its outcome.</summary>
    public void End() => _pace.End();
}
