namespace Tracera.Volatility.Worker;

/// <summary>How the worker fares, for the readiness check. Thread-safe.</summary>
internal sealed class WorkerState
{
    private volatile string? _fault = "The first figures are being computed.";

    /// <summary>What keeps figures from being up to date; null when nothing does.</summary>
    public string? Fault
    {
        get => _fault;
        set => _fault = value;
    }
}
