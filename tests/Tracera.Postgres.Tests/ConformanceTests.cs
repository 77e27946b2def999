using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>The store under the contracts of every store, by the kit that other stores use too, on both kinds of server.</summary>
public sealed class ConformanceTests
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(StoreKind.Plain, 1)]
    [InlineData(StoreKind.Plain, 3)]
    [InlineData(StoreKind.Timescale, 1)]
    public Task Store_OfAKind_KeepsEveryRule(StoreKind kind, int writers) =>
        StoreConformance.For(async _ => Under(await OpenAsync(kind, writers))).Within(Within).VerifyAsync(TestContext.Current.CancellationToken);

    private static Task<TestStore> OpenAsync(StoreKind kind, int writers) => TestStore.OpenAsync(
        kind,
        options => options.WriterConnections = writers,
        time: new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 34, 56, TimeSpan.Zero)));

    private static StoreUnderTest Under(TestStore store) => new()
    {
        Sink = store.Sink,
        History = store.History,
        Catalog = store.Catalog,
        Runs = store.Runs,
        Leases = store.Leases,
        DeadLetters = store.DeadLetters,
        Aliases = store.Aliases,
        Backfills = store.Services.GetRequiredService<IBackfillCursors>(),
        Now = store.Time.GetUtcNow(),
        Close = store.DisposeAsync,
        Reopen = async _ =>
        {
            await store.ReopenAsync();
            return Under(store);
        },
    };
}
