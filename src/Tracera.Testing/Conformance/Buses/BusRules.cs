namespace Tracera.Testing;

/// <summary>What <see cref="IUpdateSource"/>, <see cref="IUpdateSubscription"/>, <see cref="IUpdatePublisher"/> and <see cref="ISnapshotReader"/> ask of a bus.</summary>
public static class BusRules
{
    /// <summary>A subscription misses nothing that is published after it was made.</summary>
    public static ConformanceRule TakesPart { get; } = new(
        "bus.takes_part", "A subscription that already takes part: every update published after this call has ended is in it.");

    /// <summary>Offsets rise by one within a shard.</summary>
    public static ConformanceRule Order { get; } = new("bus.order", "Updates of one shard, in order. The offset rises by one with every batch of the shard.");

    /// <summary>A series never goes backwards.</summary>
    public static ConformanceRule NeverBackwards { get; } = new(
        "bus.never_backwards", "Of one series, prices never go backwards in (observed at, received at).");

    /// <summary>Every subscription gets every update, and one that ends disturbs no other.</summary>
    public static ConformanceRule EverySubscriber { get; } = new(
        "bus.every_subscriber", "Several subscriptions may be open at once; each gets every update. Dispose it to end the subscription.");

    /// <summary>A listener that falls behind is told.</summary>
    public static ConformanceRule Gap { get; } = new(
        "bus.gap", "Bounded: a listener that falls behind loses the oldest updates, and the next batch says Gap.");

    /// <summary>Where nothing is missing, nothing is said to be missing.</summary>
    public static ConformanceRule NoFalseGap { get; } = new(
        "bus.no_false_gap", "Gap: true when updates before this batch may be missing. The first batch of a subscription never has it.");

    /// <summary>Figures reach the listeners.</summary>
    public static ConformanceRule Figures { get; } = new("bus.figures", "Hands computed figures to everybody who listens.");

    /// <summary>The past stays in the store.</summary>
    public static ConformanceRule LiveOnly { get; } = new(
        "bus.live_only", "Backfill: history asked for on demand: to the durable sink alone, and never to live clients.");

    /// <summary>An update does not change after it was given.</summary>
    public static ConformanceRule KeepsNoMemory { get; } = new(
        "bus.keeps_no_memory", "Ticks that became the latest of their series; the memory may be kept and does not change.");

    /// <summary>A cancelled reading ends.</summary>
    public static ConformanceRule Cancellation { get; } = new("bus.cancellation", "Reads the updates until cancelled.");

    /// <summary>A snapshot holds the latest of everything asked for.</summary>
    public static ConformanceRule Snapshot { get; } = new(
        "bus.snapshot", "The latest tick of every source of every item, ordered by item and source; unknown ones are left out.");

    /// <summary>A snapshot holds everything up to its position.</summary>
    public static ConformanceRule Position { get; } = new(
        "bus.position", "The snapshot holds every update up to here, and perhaps some after. To miss nothing, subscribe first and read the snapshot then.");

    /// <summary>A snapshot holds the newest figures.</summary>
    public static ConformanceRule SnapshotFigures { get; } = new(
        "bus.snapshot_figures", "The newest figures of every source and window of every item; without figures where every series is read.");

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        TakesPart, Order, NeverBackwards, EverySubscriber, Gap, NoFalseGap, Figures, LiveOnly, KeepsNoMemory, Cancellation, Snapshot, Position, SnapshotFigures,
    ];
}
