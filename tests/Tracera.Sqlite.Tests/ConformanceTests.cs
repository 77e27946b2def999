using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Sqlite.Tests;

/// <summary>The embedded store under the contracts of every store, by the kit that other stores use too.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public Task Store_Embedded_KeepsEveryRule() => StoreConformance.For(OpenAsync).VerifyAsync(TestContext.Current.CancellationToken);

    private static async ValueTask<StoreUnderTest> OpenAsync(CancellationToken cancellationToken) =>
        Under(await TestStore.OpenAsync(cancellationToken, time: new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 34, 56, TimeSpan.Zero))));

    private static StoreUnderTest Under(TestStore store) => new()
    {
        Sink = store.Sink,
        History = store.History,
        Catalog = store.Catalog,
        Runs = store.Runs,
        Leases = store.Leases,
        Aliases = store.Services.GetRequiredService<IItemAliasStore>(),
        DeadLetters = store.DeadLetters,
        Backfills = store.Backfills,
        Now = store.Time.GetUtcNow(),
        Close = store.DisposeAsync,
        Reopen = async token =>
        {
            await store.ReopenAsync(token);
            return Under(store);
        },
    };
}
