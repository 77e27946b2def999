namespace Tracera.Ingestion;

/// <summary>Threads for calls that may block or compute for long: one for each call at a time, some of which are kept for later calls. Thread-safe.</summary>
internal sealed class OwnThreads : IDisposable
{
    private const int MaxIdle = 4;
    private readonly Lock _gate = new();
    private readonly Stack<OwnThread> _idle = new();
    private bool _isDisposed;

    /// <summary>Makes a call on a thread of its own, which is free again once the call has returned.</summary>
    public void Run(IThreadCall call) => (TakeIdle() ?? new OwnThread(TryKeep)).Run(call);

    /// <summary>Lets the threads go that wait for a call.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            while (_idle.TryPop(out var thread))
            {
                thread.End();
            }
        }
    }

    private OwnThread? TakeIdle()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var thread) ? thread : null;
        }
    }

    private bool TryKeep(OwnThread thread)
    {
        lock (_gate)
        {
            if (_isDisposed || _idle.Count >= MaxIdle)
            {
                return false;
            }

            _idle.Push(thread);
            return true;
        }
    }
}
