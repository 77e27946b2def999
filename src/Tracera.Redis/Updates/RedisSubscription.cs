using System.Runtime.CompilerServices;

namespace Tracera.Redis;

/// <summary>One listener's queue: bounded, and what a slow listener cannot take is joined to the newest of each series.</summary>
internal sealed class RedisSubscription(int capacity, Action<int> conflated, Action<RedisSubscription> leave) : IUpdateSubscription
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private Queue<UpdateBatch> _waiting = new();
    private bool _isClosed;

    public void Offer(UpdateBatch batch)
    {
        lock (_gate)
        {
            _waiting.Enqueue(batch);
            if (_waiting.Count > capacity)
            {
                conflated(_waiting.Count);
                _waiting = new Queue<UpdateBatch>(Backlog.Join(_waiting));
            }

            Wake();
        }
    }

    public async IAsyncEnumerable<UpdateBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (batch, isClosed) = Take();
            if (batch is not null)
            {
                yield return batch;
            }
            else if (isClosed)
            {
                yield break;
            }
            else
            {
                await _arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        leave(this);
        lock (_gate)
        {
            _isClosed = true;
            Wake();
        }

        return ValueTask.CompletedTask;
    }

    private (UpdateBatch? Batch, bool IsClosed) Take()
    {
        lock (_gate)
        {
            return (_waiting.TryDequeue(out var batch) ? batch : null, _isClosed);
        }
    }

    // Under the lock, so that the semaphore never holds more than one.
    private void Wake()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}
