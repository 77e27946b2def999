namespace Tracera.Testing.Tests;

/// <summary>The store in memory with one part replaced.</summary>
internal static class BentStore
{
    public static StoreUnderTest With(
        InMemoryStore store,
        Func<PriceBatch, CancellationToken, ValueTask<WriteOutcome>>? write = null,
        IPriceHistory? history = null,
        IItemCatalog? catalog = null,
        IRunLog? runs = null,
        IProviderLeases? leases = null,
        IDeadLetterLog? letters = null,
        IItemAliasStore? aliases = null,
        IBackfillCursors? backfills = null,
        Func<StoreUnderTest>? reopen = null) => new()
        {
            Sink = write is null ? store.History : new BentSink(store.History) { Write = write },
            History = history ?? store.History,
            Catalog = catalog ?? store.Catalog,
            Runs = runs ?? store.Runs,
            Leases = leases ?? store.Leases,
            Aliases = aliases ?? store.Aliases,
            Backfills = backfills ?? store.Backfills,
            DeadLetters = letters ?? store.DeadLetters,
            Reopen = reopen is null ? null : _ => new(reopen()),
        };

    /// <summary>The same batch with other ticks, or under another id.</summary>
    public static PriceBatch Change(PriceBatch batch, Func<PriceTick, PriceTick> change, Guid? id = null) =>
        new(id ?? batch.Id, batch.RunId, batch.Provider, batch.Ticks.ToArray().Select(change).ToArray(), batch.Lane);
}
