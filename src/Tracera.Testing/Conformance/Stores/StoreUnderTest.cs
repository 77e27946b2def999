namespace Tracera.Testing;

/// <summary>A durable store under its contracts.</summary>
public sealed class StoreUnderTest
{
    /// <summary>The durable sink.</summary>
    public required IPriceSink Sink { get; init; }

    /// <summary>The items and sources.</summary>
    public required IItemCatalog Catalog { get; init; }

    /// <summary>What is read of the ticks.</summary>
    public required IPriceHistory History { get; init; }

    /// <summary>The runs.</summary>
    public required IRunLog Runs { get; init; }

    /// <summary>The leases.</summary>
    public required IProviderLeases Leases { get; init; }

    /// <summary>The aliases of items; without, except <see cref="StoreAliasRules"/>. Default: null.</summary>
    public IItemAliasStore? Aliases { get; init; }

    /// <summary>The dead letters; without, except <see cref="StoreRunRules.DeadLetters"/> and <see cref="StoreRunRules.DeadLettersRemoved"/>. Default: null.</summary>
    public IDeadLetterLog? DeadLetters { get; init; }

    /// <summary>The cursors of backfills; without, except <see cref="StoreRunRules.Backfills"/>. Default: null.</summary>
    public IBackfillCursors? Backfills { get; init; }

    /// <summary>What the store's clock shows; the kit's ticks lie in the 70 days before. Default: 2026-01-01 12:34:56 UTC.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 1, 1, 12, 34, 56, TimeSpan.Zero);

    /// <summary>Closes the store and opens it again on the same data, as a host that is started anew; without, except <see cref="StoreTickRules.Durable"/>. Default: null.</summary>
    public Func<CancellationToken, ValueTask<StoreUnderTest>>? Reopen { get; init; }

    /// <summary>Closes the store after its check. Default: nothing.</summary>
    public Func<ValueTask>? Close { get; init; }
}
