namespace Tracera.Testing;

/// <summary>A store in memory that keeps the contracts of a real one: keys, corrections, exact bars, fenced runs, leases.</summary>
public sealed class InMemoryStore
{
    /// <summary>Makes an empty store.</summary>
    public InMemoryStore() => History = new InMemoryHistory(Catalog);

    /// <summary>The items and sources.</summary>
    public InMemoryCatalog Catalog { get; } = new();

    /// <summary>The ticks: the durable sink, and what is read from it.</summary>
    public InMemoryHistory History { get; }

    /// <summary>The runs.</summary>
    public InMemoryRunLog Runs { get; } = new();

    /// <summary>The leases.</summary>
    public InMemoryLeases Leases { get; } = new();

    /// <summary>The aliases of items.</summary>
    public InMemoryAliases Aliases { get; } = new();

    /// <summary>How far backfills have come.</summary>
    public InMemoryBackfills Backfills { get; } = new();

    /// <summary>What sinks refused for good.</summary>
    public InMemoryDeadLetters DeadLetters { get; } = new();
}
