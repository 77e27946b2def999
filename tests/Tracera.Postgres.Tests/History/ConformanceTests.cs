using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>The store under the contracts of every store, on both kinds of server, with everything rolled up late and with everything rolled up at once.</summary>
public sealed class ConformanceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(StoreKind.Plain, false)]
    [InlineData(StoreKind.Plain, true)]
    [InlineData(StoreKind.Timescale, false)]
    [InlineData(StoreKind.Timescale, true)]
    public Task Store_InADatabase_KeepsEveryRule(StoreKind kind, bool rollsAtOnce) => StoreConformance
        .For(token => OpenAsync(kind, rollsAtOnce, token))
        .Within(Patience)
        .VerifyAsync(TestContext.Current.CancellationToken);

    private static async ValueTask<StoreUnderTest> OpenAsync(StoreKind kind, bool rollsAtOnce, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 34, 56, TimeSpan.Zero));
        return Under(await TestStore.OpenAsync(kind, time: time), rollsAtOnce);
    }

    private static StoreUnderTest Under(TestStore store, bool rollsAtOnce) => new()
    {
        Sink = rollsAtOnce ? new RollingSink(store) : store.Sink,
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
            return Under(store, rollsAtOnce);
        },
    };
}
