namespace Tracera.Testing;

/// <summary>What is promised of reading ticks.</summary>
internal static class StoreReadChecks
{
    private static readonly string[] ForeignCursors = ["nonsense", "!", "zzz"];

    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreHistoryRules.Ticks, TicksAsync),
        (StoreHistoryRules.Latest, LatestAsync),
        (StoreHistoryRules.Latest, FutureAsync),
        (StoreHistoryRules.Series, SeriesAsync),
        (StoreHistoryRules.Cursors, CursorsAsync),
    ];

    private static async Task TicksAsync(StoreBench bench)
    {
        var (one, two) = (await bench.SeriesAsync(source: "x").ConfigureAwait(false), await bench.SeriesAsync(source: "y").ConfigureAwait(false));
        var start = bench.Now.AddHours(-5);
        PriceTick At(SeriesKey series, int i) => StoreBench.Tick(series, start.AddMinutes(i * 7), i + 1);
        await bench.WriteAsync([.. Enumerable.Range(0, 25).Reverse().SelectMany(i => new[] { At(two, i), At(one, i) })]).ConfigureAwait(false);
        async Task ExpectAsync(SourceId? source, IEnumerable<PriceTick> wanted)
        {
            var query = new TickQuery(one.Item, source, start.AddMinutes(7), start.AddMinutes(24 * 7), new PageRequest(3));
            var found = await StoreBench.AllAsync(
                query, next => bench.Store.History.GetTicksAsync(next, bench.Token), (next, cursor) => next with { Page = next.Page with { Cursor = cursor } }).ConfigureAwait(false);
            bench.Findings.ExpectSame(
                StoreHistoryRules.Ticks,
                wanted,
                found.OrderBy(tick => found.FindIndex(other => other.ObservedAtMicroseconds == tick.ObservedAtMicroseconds)).ThenBy(tick => tick.Source),
                $"Ticks in pages of 3 of {(source is null ? "all sources" : "one source")}");
            bench.Findings.ExpectSame(
                StoreHistoryRules.Ticks, found.Select(tick => tick.ObservedAtMicroseconds).Order(), found.Select(tick => tick.ObservedAtMicroseconds), "The instants of ticks in pages of 3");
        }

        var sources = new[] { one, two }.OrderBy(series => series.Source).ToList();
        await ExpectAsync(null, Enumerable.Range(1, 23).SelectMany(i => sources.Select(series => At(series, i)))).ConfigureAwait(false);
        await ExpectAsync(two.Source, Enumerable.Range(1, 23).Select(i => At(two, i))).ConfigureAwait(false);
    }

    private static async Task LatestAsync(StoreBench bench)
    {
        var (b, a) = (await bench.SeriesAsync("b", source: "x").ConfigureAwait(false), await bench.SeriesAsync("a", source: "y").ConfigureAwait(false));
        var second = a with { Source = b.Source };
        await bench.WriteAsync(
            StoreBench.Tick(a, bench.Now, 1), StoreBench.Tick(b, bench.Now, 2), StoreBench.Tick(second, bench.Now, 3), StoreBench.Tick(second, bench.Now.AddMinutes(-5), 9)).ConfigureAwait(false);
        var latest = await bench.Store.History.GetLatestAsync([a.Item, b.Item, a.Item, new ItemId(int.MaxValue)], bench.Now, bench.Token).ConfigureAwait(false);
        var wanted = new[] { (b, 2m), (second, 3m), (a, 1m) }.OrderBy(row => row.Item1.Item).ThenBy(row => row.Item1.Source);
        bench.Findings.ExpectSame(StoreHistoryRules.Latest, wanted, latest.Select(tick => (tick.Series, tick.Price)), "The latest of two items, one asked for twice, and an unknown one");
    }

    private static async Task FutureAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        await bench.WriteAsync(StoreBench.Tick(series, bench.Now.AddSeconds(-1), 1)).ConfigureAwait(false);
        await bench.WriteAsync(StoreBench.Tick(series, bench.Now.AddMinutes(2), 2), StoreBench.Tick(series, bench.Now.AddMinutes(4), 3)).ConfigureAwait(false);
        foreach (var (seconds, price) in new (int, decimal?)[] { (-2, null), (-1, 1), (0, 1), (120, 2), (239, 2), (240, 3) })
        {
            var latest = await bench.Store.History.GetLatestAsync([series.Item], bench.Now.AddSeconds(seconds), bench.Token).ConfigureAwait(false);
            bench.Findings.ExpectSame(
                StoreHistoryRules.Latest, price is { } one ? [one] : [], latest.Select(tick => tick.Price), $"The latest at {seconds} s, of ticks at -1, 120 and 240 s");
        }
    }

    private static async Task SeriesAsync(StoreBench bench)
    {
        var (old, fresh) = (await bench.SeriesAsync("old").ConfigureAwait(false), await bench.SeriesAsync("fresh").ConfigureAwait(false));
        var start = bench.Now.AddHours(-1);
        await bench.WriteAsync(
            StoreBench.Tick(fresh, start.AddHours(-3), 1, receivedAfter: 3 * 3_600), StoreBench.Tick(fresh, start, 2, receivedAfter: 1), StoreBench.Tick(old, start, 1)).ConfigureAwait(false);
        foreach (var (seconds, wanted) in new (double, SeriesKey[])[] { (0, [old, fresh]), (1, [fresh]), (1.5, []) })
        {
            var found = await bench.ListAsync(bench.Store.History.ReadSeriesAsync(start.AddSeconds(seconds), bench.Token)).ConfigureAwait(false);
            bench.Findings.ExpectSame(
                StoreHistoryRules.Series, wanted.OrderBy(series => series.Item).ThenBy(series => series.Source), found, $"Series with a receipt since {seconds} s, of receipts at 0 and 1 s");
        }
    }

    private static async Task CursorsAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        var store = bench.Store;
        foreach (var cursor in ForeignCursors)
        {
            var page = new PageRequest(5, cursor);
            (string What, Func<Task> Read)[] reads =
            [
                ("bars", async () => await store.History.GetBarsAsync(new BarQuery(series, BarLevel.Hour1, bench.Now, bench.Now, page), bench.Token).ConfigureAwait(false)),
                ("ticks", async () => await store.History.GetTicksAsync(new TickQuery(series.Item, null, bench.Now, bench.Now, page), bench.Token).ConfigureAwait(false)),
                ("items", async () => await store.Catalog.ListItemsAsync(new ItemQuery(page), bench.Token).ConfigureAwait(false)),
                ("runs", async () => await store.Runs.ListAsync(new RunQuery(page), bench.Token).ConfigureAwait(false)),
            ];
            foreach (var (what, read) in reads)
            {
                await bench.Findings.ExpectThrowAsync<FormatException>(StoreHistoryRules.Cursors, read, $"A list of {what} with a foreign cursor", $"'{cursor}'").ConfigureAwait(false);
            }
        }
    }
}
