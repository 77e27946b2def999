using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>The store under the contracts of every store, on both kinds of server, with everything rolled up late and with everything rolled up at once.</summary>
public sealed class ConformanceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(StoreKind.Plain, false, 1)]
    [InlineData(StoreKind.Plain, false, 3)]
    [InlineData(StoreKind.Plain, true, 1)]
    [InlineData(StoreKind.Timescale, false, 1)]
    [InlineData(StoreKind.Timescale, true, 1)]
    public async Task Store_InADatabase_KeepsEveryRule(StoreKind kind, bool rollsAtOnce, int writers)
    {
        // Skips before the kit, which would take a skip for a broken rule.
        _ = SharedServer.ConnectionString(kind);
        await StoreConformance
            .For(token => OpenAsync(kind, rollsAtOnce, writers, token))
            .Within(Patience)
            .VerifyAsync(TestContext.Current.CancellationToken);
    }

    private static async ValueTask<StoreUnderTest> OpenAsync(StoreKind kind, bool rollsAtOnce, int writers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 34, 56, TimeSpan.Zero));
        return Under(await TestStore.OpenAsync(kind, options => options.WriterConnections = writers, time: time), rollsAtOnce);
    }

    private static StoreUnderTest Under(TestStore store, bool rollsAtOnce) => new()
    {
        Sink = rollsAtOnce ? new RollingSink(store) : store.Sink,
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
            return Under(store, rollsAtOnce);
        },
    };
}
