namespace Tracera.Redis;

/// <summary>Whether everything that the store holds has been offered to the streams as they are now. Thread-safe.</summary>
internal sealed class RefillState
{
    private bool _isComplete;

    public bool IsComplete
    {
        get => Volatile.Read(ref _isComplete);
        set => Volatile.Write(ref _isComplete, value);
    }
}
