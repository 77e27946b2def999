namespace Tracera.Testing;

/// <summary>What <see cref="IPriceSink"/> asks of a sink.</summary>
public static class SinkRules
{
    /// <summary>A batch that can be written is written.</summary>
    public static ConformanceRule Writes { get; } = new("sink.writes", "Writes one batch whole: when it returns, every tick has an outcome.");

    /// <summary>The outcome's total is the batch's count.</summary>
    public static ConformanceRule Total { get; } = new("sink.total", "What became of the ticks; the total equals PriceBatch.Count.");

    /// <summary>What counts as written is in the target.</summary>
    public static ConformanceRule Arrives { get; } = new("sink.arrives", "Written: new rows or messages. Every tick has exactly one outcome.");

    /// <summary>The same batch again changes nothing.</summary>
    public static ConformanceRule IdempotentByBatch { get; } = new(
        "sink.idempotent_by_batch", "A batch that failed is offered again with the same PriceBatch.Id, so a write must be idempotent by (item, source, observed at).");

    /// <summary>The same ticks in another batch change nothing.</summary>
    public static ConformanceRule IdempotentByKey { get; } = new(
        "sink.idempotent_by_key", "A write must be idempotent by (item, source, observed at).");

    /// <summary>The batch's memory is not used after the call.</summary>
    public static ConformanceRule LetsMemoryGo { get; } = new(
        "sink.lets_memory_go", "The memory may not be used after the call has ended: it is reused, so a sink that needs a tick for longer copies it.");

    /// <summary>A call that is cancelled beforehand ends and loses nothing.</summary>
    public static ConformanceRule Cancellation { get; } = new(
        "sink.cancellation", "The token ends the call at its deadline; what was not written is offered again.");

    /// <summary>A call that is cancelled while the target does not answer ends and loses nothing.</summary>
    public static ConformanceRule CancelsMidway { get; } = new(
        "sink.cancels_midway", "The token ends the call at its deadline, also in the midst of a write; what was not written is offered again.");

    /// <summary>A failure of the target reaches the caller, and the batch is taken once the target is back.</summary>
    public static ConformanceRule Propagates { get; } = new(
        "sink.propagates", "The pump owns queueing, retry and the accounting: a sink does none of these and lets its exceptions propagate.");

    /// <summary>A durable sink leaves nothing out.</summary>
    public static ConformanceRule NothingConflated { get; } = new(
        "sink.nothing_conflated", "Conflated: left out because a newer tick of the series stands in for it; always 0 at a durable sink.");

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } =
        [Writes, Total, Arrives, IdempotentByBatch, IdempotentByKey, LetsMemoryGo, Cancellation, CancelsMidway, Propagates, NothingConflated];
}
