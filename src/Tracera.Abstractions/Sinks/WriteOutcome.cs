namespace Tracera;

/// <summary>What became of the ticks of one batch at one sink. Every tick has exactly one outcome.</summary>
/// <param name="Written">New rows or messages.</param>
/// <param name="Duplicate">Known already, with the same price and volume or from a later receipt.</param>
/// <param name="Corrected">Known by key, replaced by a later receipt with another price or volume.</param>
/// <param name="Conflated">Left out because a newer tick of the series stands in for it; always 0 at a durable sink.</param>
/// <param name="DeadLettered">Refused for good and kept aside with the reason.</param>
public readonly record struct WriteOutcome(int Written, int Duplicate = 0, int Corrected = 0, int Conflated = 0, int DeadLettered = 0)
{
    /// <summary>How many ticks have an outcome.</summary>
    public int Total => Written + Duplicate + Corrected + Conflated + DeadLettered;

    /// <summary>The sum of two outcomes.</summary>
    public static WriteOutcome operator +(WriteOutcome left, WriteOutcome right) => left.Add(right);

    /// <summary>The outcome of a sink that wrote the whole batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>All written.</returns>
    public static WriteOutcome AllWritten(PriceBatch batch) => new(batch.Count);

    /// <summary>The sum of this outcome and another.</summary>
    /// <param name="other">The other.</param>
    /// <returns>The sum.</returns>
    public WriteOutcome Add(WriteOutcome other) => new(
        Written + other.Written,
        Duplicate + other.Duplicate,
        Corrected + other.Corrected,
        Conflated + other.Conflated,
        DeadLettered + other.DeadLettered);
}
