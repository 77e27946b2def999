namespace Tracera.Ingestion;

/// <summary>The door between a provider and the pipeline: the reader goes through it for every row, and while it is inside somebody else can lock it in for good.</summary>
/// <remarks>
/// The reader only stores and loads. Whoever locks pays for the order of the two: it asks, makes every processor's stores visible, and looks where the reader is. A reader
/// that leaves and finds that it was asked waits for the decision, so both always agree. One reader, any number of threads that lock.
/// </remarks>
internal sealed class ProviderDoor
{
    private readonly Lock _deciding = new();
    private bool _isInside;
    private bool _isAsked;
    private bool _isLocked;

    /// <summary>Whether the reader is with the provider.</summary>
    public bool IsInside => Volatile.Read(ref _isInside);

    /// <summary>The reader goes to the provider.</summary>
    public void Enter() => Volatile.Write(ref _isInside, true);

    /// <summary>The reader comes back.</summary>
    /// <returns>False when it was locked in: then it must not touch the pipeline any more.</returns>
    public bool TryLeave()
    {
        Volatile.Write(ref _isInside, false);
        return !Volatile.Read(ref _isAsked) || WasNotLocked();
    }

    /// <summary>Locks the reader in, unless it is not with the provider.</summary>
    /// <returns>Whether it is locked in.</returns>
    public bool TryLock()
    {
        lock (_deciding)
        {
            if (!_isLocked)
            {
                Volatile.Write(ref _isAsked, true);
                Interlocked.MemoryBarrierProcessWide();
                _isLocked = Volatile.Read(ref _isInside);
                Volatile.Write(ref _isAsked, _isLocked);
            }

            return _isLocked;
        }
    }

    private bool WasNotLocked()
    {
        lock (_deciding)
        {
            return !_isLocked;
        }
    }
}
