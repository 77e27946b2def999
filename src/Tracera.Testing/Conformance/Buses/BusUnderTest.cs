namespace Tracera.Testing;

/// <summary>A bus under its contracts: the sink that feeds it, and everything that is read from it.</summary>
public sealed class BusUnderTest
{
    /// <summary>Takes ticks and publishes those that became the latest of their series.</summary>
    public required IPriceSink Sink { get; init; }

    /// <summary>Takes figures.</summary>
    public required IUpdatePublisher Publisher { get; init; }

    /// <summary>Gives updates.</summary>
    public required IUpdateSource Source { get; init; }

    /// <summary>Reads the latest values.</summary>
    public required ISnapshotReader Snapshots { get; init; }

    /// <summary>The series that may be priced, at least two, for a bus that knows its items. Default: items 1 to 3 at source 1.</summary>
    public IReadOnlyList<SeriesKey> Series { get; init; } = [.. Enumerable.Range(1, 3).Select(i => new SeriesKey(new ItemId(i), new SourceId(1)))];

    /// <summary>So many writes, unread, are certainly more than a listener's buffer holds; without, except <see cref="BusRules.Gap"/>. Default: 0.</summary>
    public int WritesThatOverflow { get; init; }

    /// <summary>The present, before which every tick lies. Default: 2026-01-01 00:00 UTC.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Closes the bus after its check. Default: nothing.</summary>
    public Func<ValueTask>? Close { get; init; }
}
