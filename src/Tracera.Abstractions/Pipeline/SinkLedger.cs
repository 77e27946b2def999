namespace Tracera;

/// <summary>
/// What became of the ticks offered to one sink since the host started:
/// <c>Offered = Written + Duplicate + Corrected + Conflated + DeadLettered + Buffered + Lost</c> whenever it is quiet.
/// </summary>
/// <param name="Sink">The sink's registered name.</param>
/// <param name="IsDurable">Whether its writes count as accepted.</param>
/// <param name="Offered">Ticks that the dispatcher handed over.</param>
/// <param name="Written">New rows or messages.</param>
/// <param name="Duplicate">Known already.</param>
/// <param name="Corrected">Replaced by a later receipt.</param>
/// <param name="Conflated">A newer tick stood in for it.</param>
/// <param name="DeadLettered">Refused for good.</param>
/// <param name="Buffered">Waiting in the queue, the spool or the call under way; counted there.</param>
/// <param name="Lost">Given up at stop.</param>
public sealed record SinkLedger(
    string Sink,
    bool IsDurable,
    long Offered,
    long Written,
    long Duplicate,
    long Corrected,
    long Conflated,
    long DeadLettered,
    long Buffered,
    long Lost);
