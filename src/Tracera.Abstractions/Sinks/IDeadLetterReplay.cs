namespace Tracera;

/// <summary>Offers dead letters to the durable sink once more.</summary>
/// <remarks>
/// Thread-safe; one replay runs at a time. A letter is removed from the <see cref="IDeadLetterLog"/> once the sink has it; one that is refused again stays. What is offered takes the sink's own
/// queue, behind what waits there, and counts in the sink's ledger like any other batch. Letters of other sinks are left alone: their prices are only of use while they are new.
/// </remarks>
public interface IDeadLetterReplay
{
    /// <summary>Replays letters.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Ends the wait; what was offered by then is written all the same.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="InvalidOperationException">Nothing keeps dead letters, or the ingestion has not started.</exception>
    ValueTask<ReplayOutcome> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);
}
