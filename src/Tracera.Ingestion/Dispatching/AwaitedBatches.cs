using System.Collections.Concurrent;

namespace Tracera.Ingestion;

/// <summary>Lets whoever has put a batch into a queue wait for what the sink makes of it. Thread-safe.</summary>
internal sealed class AwaitedBatches
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<WriteOutcome?>> _awaited = new();

    /// <summary>Begins to wait; the answer is null when the batch was given up.</summary>
    public Task<WriteOutcome?> WhenToldAsync(Guid batchId) =>
        _awaited.GetOrAdd(batchId, static _ => new TaskCompletionSource<WriteOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Waits no longer.</summary>
    public void Forget(Guid batchId) => _awaited.TryRemove(batchId, out _);

    public void Tell(Guid batchId, WriteOutcome? outcome)
    {
        if (!_awaited.IsEmpty && _awaited.TryRemove(batchId, out var waiter))
        {
            waiter.SetResult(outcome);
        }
    }
}
