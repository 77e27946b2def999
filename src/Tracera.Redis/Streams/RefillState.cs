namespace Tracera.Redis;

/// <summary>Whether everything that the store holds has been offered to the streams as they are now. Thread-safe.</summary>
internal sealed class RefillState
{
    private volatile TaskCompletionSource _completed = New();

    public bool IsComplete => _completed.Task.IsCompleted;

    /// <summary>Ends when it has been offered.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Says that it has. One caller at a time.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Says that it must be offered again. One caller at a time.</summary>
    public void Restart()
    {
        if (IsComplete)
        {
            _completed = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
