namespace Tracera;

/// <summary>Where the durable side of the pipeline reports what became of a run's ticks.</summary>
/// <remarks>Thread-safe and never blocks. A provider's row ends only when the outcomes of all batches that were dispatched for it are here.</remarks>
public interface IRunTracker
{
    /// <summary>A batch has its outcome: every tick of it is in the store, or kept as a dead letter.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outcome">What became of its ticks.</param>
    void Settled(PriceBatch batch, WriteOutcome outcome);

    /// <summary>A batch was given up before it had an outcome, because the host stops; its run ends Failed and is polled again.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reason">Why, for a person.</param>
    void Lost(PriceBatch batch, string reason);
}
