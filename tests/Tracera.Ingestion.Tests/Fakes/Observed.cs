namespace Tracera.Ingestion.Tests;

/// <summary>Lets tests wait until something that fakes record holds.</summary>
internal sealed class Observed
{
    private readonly Lock _gate = new();
    private readonly List<(Func<bool> Condition, TaskCompletionSource Reached)> _waiters = [];

    public Task WhenAsync(Func<bool> condition)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((condition, reached));
            Look();
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public void Changed()
    {
        lock (_gate)
        {
            Look();
        }
    }

    private void Look()
    {
        foreach (var waiter in _waiters.FindAll(waiter => waiter.Condition()))
        {
            _waiters.Remove(waiter);
            waiter.Reached.SetResult();
        }
    }
}
