namespace Tracera.Testing;

/// <summary>A number that only rises, and that can be waited for.</summary>
internal sealed class CountSignal
{
    private readonly Lock _gate = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiters = [];
    private long _count;

    public void Add(long by)
    {
        lock (_gate)
        {
            _count += by;
            foreach (var waiter in _waiters.FindAll(waiter => _count >= waiter.Count))
            {
                _waiters.Remove(waiter);
                waiter.Reached.SetResult();
            }
        }
    }

    public Task WhenAsync(long count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }
}
