namespace Tracera.Testing;

/// <summary>What is promised of windows.</summary>
internal static class StoreWindowChecks
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);

    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
        [.. Window.All.Select(window => (StoreHistoryRules.Windows, (Func<StoreBench, Task>)(bench => BordersAsync(bench, window)))), (StoreHistoryRules.Windows, ManyAsync)];

    private static async Task BordersAsync(StoreBench bench, Window window)
    {
        var (now, start) = (bench.Now, window.StartAt(bench.Now));
        var none = await bench.SeriesAsync("none").ConfigureAwait(false);
        var before = await bench.SeriesAsync("before").ConfigureAwait(false);
        var exact = await bench.SeriesAsync("exact").ConfigureAwait(false);
        var tooOld = await bench.SeriesAsync("too old").ConfigureAwait(false);
        var oldest = await bench.SeriesAsync("oldest").ConfigureAwait(false);

        // Stores take what is a little ahead of the clock.
        var end = start + window.Length;
        PriceTick[] behind = end <= now + Ahead ? [StoreBench.Tick(before, end, 9)] : [];
        await bench.WriteAsync(
        [
            .. behind,
            StoreBench.Tick(before, start - Moment, 1),
            StoreBench.Tick(before, start - (window.Length / 2), 8),
            StoreBench.Tick(before, start + Moment, 2),
            StoreBench.Tick(before, now, 3),
            StoreBench.Tick(exact, start, 4),
            StoreBench.Tick(exact, start - Moment, 5),
            StoreBench.Tick(tooOld, start - window.Length - Moment, 6),
            StoreBench.Tick(oldest, start - window.Length, 7),
        ]).ConfigureAwait(false);
        SeriesKey[] wanted = [none, before, tooOld, exact, oldest];
        var read = await ReadAsync(bench, wanted, window).ConfigureAwait(false);
        bench.Findings.ExpectSame(StoreHistoryRules.Windows, wanted, read.Select(entry => entry.Entry.Series), $"The order of series of {window}");
        bench.Findings.ExpectSame(StoreHistoryRules.Windows, [0, 2, 0, 1, 0], read.Select(entry => entry.Bars.Count), $"The numbers of bars of {window}");
        bench.Findings.ExpectSame(StoreHistoryRules.Windows, [2m, 3, 4], read.SelectMany(entry => entry.Bars).Select(bar => bar.Close), $"The closes of {window}");
        bench.Findings.Expect(StoreHistoryRules.Windows, read.TrueForAll(entry => entry.Entry.Start == start), $"The start of {window} at {now:O} is not {start:O}.");
        bench.Findings.ExpectSame(
            StoreHistoryRules.Prior,
            [null, 1m, null, 4m, 7m],
            read.Select(entry => entry.Entry.Prior),
            $"The prices before {window} of: no tick; one just before; one too old; one at the start; one as old as is taken");
    }

    private static async Task ManyAsync(StoreBench bench)
    {
        var keys = Enumerable.Range(0, 300).Select(i => new ItemKey("steam:730", $"item {i}")).ToList();
        var items = await bench.Store.Catalog.GetOrAddItemsAsync(keys, bench.Token).ConfigureAwait(false);
        var source = (await bench.SeriesAsync().ConfigureAwait(false)).Source;
        var series = items.Select(item => new SeriesKey(item, source)).ToList();
        await bench.WriteAsync([.. series.SelectMany((key, i) => Enumerable.Range(0, 3).Select(n => StoreBench.Tick(key, bench.Now.AddMinutes(-n * 25), i + n + 1)))]).ConfigureAwait(false);
        foreach (var stride in new[] { 1, 40 })
        {
            var wanted = series.Where((_, i) => i % stride == 0).Reverse().ToList();
            var read = await ReadAsync(bench, wanted, Window.Hour1).ConfigureAwait(false);
            bench.Findings.ExpectSame(StoreHistoryRules.Windows, wanted, read.Select(entry => entry.Entry.Series), $"The order of {wanted.Count} series");
            foreach (var (entry, bars) in read)
            {
                bench.Findings.ExpectSame(
                    StoreHistoryRules.Windows, await bench.BarsAsync(entry.Series, BarLevel.Minute1).ConfigureAwait(false), bars, "The bars of one of many series");
            }
        }
    }

    // The bars of an entry are valid until the next one is read, so they are copied. More entries than were asked for are one too many, however many follow.
    private static async Task<List<(SeriesWindow Entry, List<Bar> Bars)>> ReadAsync(StoreBench bench, IReadOnlyList<SeriesKey> series, Window window)
    {
        var all = new List<(SeriesWindow, List<Bar>)>();
        await foreach (var entry in bench.Store.History.ReadWindowsAsync(series, window, bench.Now, bench.Token).ConfigureAwait(false))
        {
            all.Add((entry, [.. entry.Bars.Span]));
            if (all.Count > series.Count)
            {
                break;
            }
        }

        return all;
    }
}
