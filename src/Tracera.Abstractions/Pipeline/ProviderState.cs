namespace Tracera;

/// <summary>What a provider is doing.</summary>
public enum ProviderState
{
    /// <summary>Switched off by configuration.</summary>
    Disabled = 0,

    /// <summary>Waiting for its next cycle.</summary>
    Idle = 1,

    /// <summary>In a cycle.</summary>
    Running = 2,

    /// <summary>Waiting after a failure.</summary>
    BackingOff = 3,
}
