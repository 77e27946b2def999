namespace Tracera.Testing;

/// <summary>What a durable store's <see cref="IPriceSink"/> is asked for.</summary>
public static class StoreTickRules
{
    /// <summary>One row a key; the later receipt of another price or volume wins.</summary>
    public static ConformanceRule Key { get; } = new(
        "store.key",
        "The key of a tick is (item, source, observed at). Of two ticks of one key with another price or volume, the one received later wins.");

    /// <summary>The outcome counts each tick in its place.</summary>
    public static ConformanceRule Outcome { get; } = new(
        "store.outcome",
        "Written: new rows. Duplicate: known already, with the same price and volume or from a later receipt. Corrected: known by key, replaced by a later receipt with another price or volume. The total equals the batch's count.");

    /// <summary>A batch that is offered again gives its first outcome and no further rows.</summary>
    public static ConformanceRule BatchAgain { get; } = new(
        "store.batch_again", "Identifies the batch, also when it is delivered again; a store writes it in the transaction of its rows to answer an ambiguous commit.");

    /// <summary>Prices and volumes are exact.</summary>
    public static ConformanceRule ExactDecimals { get; } = new(
        "store.exact_decimals", "Prices are decimals in major units and never pass through a binary float.");

    /// <summary>A write that was cancelled beforehand writes nothing.</summary>
    public static ConformanceRule Cancellation { get; } = new(
        "store.cancellation", "The token ends the call at its deadline; what was not written is offered again.");

    /// <summary>What was written is there after a new start.</summary>
    public static ConformanceRule Durable { get; } = new("store.durable", "Accepted: committed in the durable store. No accepted tick is lost.");

    /// <summary>Every rule of the sink.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } = [Key, Outcome, BatchAgain, ExactDecimals, Cancellation, Durable];
}
