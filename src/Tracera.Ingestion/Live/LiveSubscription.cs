using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tracera.Ingestion;

/// <summary>One listener's queue: bounded, and the oldest batches give way. What was lost shows as a hole in the offsets.</summary>
internal sealed class LiveSubscription : IUpdateSubscription
{
    private readonly Channel<UpdateBatch> _queue;
    private readonly Action<LiveSubscription> _leave;
    private long _offset;

    /// <summary>Makes a subscription.</summary>
    /// <param name="capacity">How many batches wait at most.</param>
    /// <param name="offset">The offset of the last batch before the subscribing.</param>
    /// <param name="dropped">Told of every batch that gave way.</param>
    /// <param name="leave">Told when the listener goes.</param>
    public LiveSubscription(int capacity, long offset, Action<UpdateBatch> dropped, Action<LiveSubscription> leave)
    {
        _offset = offset;
        _leave = leave;
        _queue = Channel.CreateBounded(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, dropped);
    }

    public void Offer(UpdateBatch batch) => _queue.Writer.TryWrite(batch);

    public async IAsyncEnumerable<UpdateBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var isNext = batch.Point.Offset == _offset + 1;
            _offset = batch.Point.Offset;
            yield return isNext ? batch : batch with { Gap = true };
        }
    }

    public ValueTask DisposeAsync()
    {
        _leave(this);
        _queue.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
