using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>The store under the contracts of every store, on both kinds of server, with everything rolled up after each batch.</summary>
public sealed class RolledConformanceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(StoreKind.Plain)]
    [InlineData(StoreKind.Timescale)]
    public Task Store_RolledUpAtOnce_KeepsEveryRule(StoreKind kind) => StoreConformance
        .For(token => OpenAsync(kind, token))
        .Within(Patience)
        .VerifyAsync(TestContext.Current.CancellationToken);

    private static async ValueTask<StoreUnderTest> OpenAsync(StoreKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 34, 56, TimeSpan.Zero));
        return Under(await TestStore.OpenAsync(kind, time: time));
    }

    private static StoreUnderTest Under(TestStore store) => new()
    {
        Sink = new RollingSink(store),
        History = store.History,
        Catalog = store.Catalog,
        Runs = store.Runs,
        Leases = store.Leases,
        DeadLetters = store.DeadLetters,
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
