namespace Tracera.Ingestion;

/// <summary>A thread that makes one call after the other.</summary>
internal sealed class OwnThread
{
    private readonly object _gate = new();
    private readonly Func<OwnThread, bool> _tryKeep;
    private IThreadCall? _call;
    private bool _isEnded;

    /// <summary>Starts the thread.</summary>
    /// <param name="tryKeep">Asked after each call whether the thread waits for another one.</param>
    public OwnThread(Func<OwnThread, bool> tryKeep)
    {
        _tryKeep = tryKeep;
        new Thread(Loop) { IsBackground = true, Name = "Tracera cycle" }.UnsafeStart();
    }

    /// <summary>Makes a call; only while no other one is under way.</summary>
    public void Run(IThreadCall call)
    {
        lock (_gate)
        {
            _call = call;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends the thread while it waits for a call.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Loop()
    {
        do
        {
            if (Next() is not { } call)
            {
                return;
            }

            call.Run();
        }
        while (_tryKeep(this));
    }

    private IThreadCall? Next()
    {
        lock (_gate)
        {
            while (_call is null && !_isEnded)
            {
                Monitor.Wait(_gate);
            }

            var call = _call;
            _call = null;
            return call;
        }
    }
}
