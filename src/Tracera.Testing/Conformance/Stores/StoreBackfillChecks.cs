namespace Tracera.Testing;

/// <summary>What is promised of the cursors of backfills.</summary>
internal static class StoreBackfillChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } = [(StoreRunRules.Backfills, CursorsAsync)];

    private static async Task CursorsAsync(StoreBench bench)
    {
        if (bench.PartFor(StoreRunRules.Backfills, bench.Store.Backfills, nameof(StoreUnderTest.Backfills)) is null)
        {
            return;
        }

        var (from, to, other) = (bench.Now.AddDays(-3), bench.Now.AddDays(-1), bench.Now);
        var begun = await OpenAsync("steam", to).ConfigureAwait(false);
        await OpenAsync("steam", other).ConfigureAwait(false);
        await OpenAsync("csfloat", to).ConfigureAwait(false);
        await MoveAsync("steam", to, from.AddHours(5)).ConfigureAwait(false);
        await MoveAsync("steam", to, from.AddHours(4)).ConfigureAwait(false);
        await MoveAsync("binance", to, from.AddHours(4)).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        var resumed = await OpenAsync("steam", to).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreRunRules.Backfills, [from, from.AddHours(5)], [begun, resumed], "Where a backfill begins, and where it goes on after five hours, then four");
        await bench.Store.Backfills!.CloseAsync("steam", from, other, bench.Token).ConfigureAwait(false);
        await bench.Store.Backfills.CloseAsync("steam", from, other, bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreRunRules.Backfills,
            [new BackfillCursor("csfloat", from, to, from), new BackfillCursor("steam", from, to, from.AddHours(5))],
            await bench.Store.Backfills.ListAsync(bench.Token).ConfigureAwait(false),
            "The backfills that have not ended: one of three was, twice");

        async Task<DateTimeOffset> OpenAsync(string provider, DateTimeOffset end) =>
            await bench.Store.Backfills!.OpenAsync(provider, from, end, bench.Token).ConfigureAwait(false);

        async Task MoveAsync(string provider, DateTimeOffset end, DateTimeOffset position) =>
            await bench.Store.Backfills!.MoveAsync(new BackfillCursor(provider, from, end, position), bench.Token).ConfigureAwait(false);
    }
}
