namespace Tracera;

/// <summary>A tick that a sink refused for good.</summary>
/// <param name="Id">The store's number for it, ascending.</param>
/// <param name="Sink">The sink that refused it.</param>
/// <param name="RunId">The run it came with.</param>
/// <param name="Provider">The provider it came from.</param>
/// <param name="Tick">The tick.</param>
/// <param name="Reason">A short code, for example a SQLSTATE.</param>
/// <param name="Detail">The target's own words.</param>
/// <param name="At">When it was refused.</param>
public sealed record DeadLetter(
    long Id,
    string Sink,
    RunId RunId,
    string Provider,
    PriceTick Tick,
    string Reason,
    string? Detail,
    DateTimeOffset At);
