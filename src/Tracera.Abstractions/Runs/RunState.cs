namespace Tracera;

/// <summary>The state of a run, or of one provider's part in it. There is exactly one change, from the first to one of the others.</summary>
public enum RunState
{
    /// <summary>Under way, under a lease.</summary>
    Running = 0,

    /// <summary>Ended, and every tick of it has an outcome.</summary>
    Completed = 1,

    /// <summary>Ended with an error, or abandoned by a host that crashed.</summary>
    Failed = 2,
}
