namespace Tracera.Testing;

/// <summary>What is promised of bars.</summary>
internal static class StoreBarChecks
{
    private const int Ticks = 240;

    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreHistoryRules.Bars, bench => RecomputedAsync(bench, VolumeKind.Traded, 1)),
        (StoreHistoryRules.Bars, bench => RecomputedAsync(bench, VolumeKind.Stock, 2)),
        (StoreHistoryRules.Bars, bench => RecomputedAsync(bench, VolumeKind.Rolling24h, 3)),
        (StoreHistoryRules.Bars, CorrectionAsync),
        (StoreHistoryRules.BarSpan, SpanAsync),
    ];

    // Late, repeated and corrected ticks in any order, beside another series, read page by page: equal to the bars of the rows.
    private static async Task RecomputedAsync(StoreBench bench, VolumeKind kind, int seed)
    {
        var (series, other) = (await bench.SeriesAsync("item", kind).ConfigureAwait(false), await bench.SeriesAsync("other", kind).ConfigureAwait(false));
        var (model, otherModel) = (new StoreModel(kind), new StoreModel(kind));
        foreach (var batch in Shuffled(new Random(seed), series, bench.Now))
        {
            var noise = batch[0] with { Item = other.Item, ReceivedAtMicroseconds = batch[0].ReceivedAtMicroseconds + 1 };
            var outcome = await bench.WriteAsync([.. batch, noise]).ConfigureAwait(false);
            var written = model.Write(batch) + otherModel.Write([noise]);
            bench.Findings.ExpectEqual(StoreTickRules.Outcome, (written, batch.Length + 1), (outcome.Written, outcome.Total), "Written and total of a mixed batch");
        }

        bench.Findings.ExpectSame(StoreTickRules.Key, model.Rows, await bench.TicksAsync(series, 97).ConfigureAwait(false), "The rows after many batches");
        foreach (var level in BarLevels.All)
        {
            var what = $"The bars of {level.Name()} with {kind} volume";
            bench.Findings.ExpectSame(StoreHistoryRules.Bars, model.Bars(level), await bench.BarsAsync(series, level, 31).ConfigureAwait(false), what);
            bench.Findings.ExpectSame(StoreHistoryRules.Bars, otherModel.Bars(level), await bench.BarsAsync(other, level).ConfigureAwait(false), what + ", another item");
        }
    }

    private static async Task CorrectionAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        var model = new StoreModel(VolumeKind.Traded);
        var start = BarLevel.Minute1.Floor(bench.Now).AddMinutes(-1);
        PriceTick[] ticks = [StoreBench.Tick(series, start, 10), StoreBench.Tick(series, start.AddSeconds(1), 99, 5), StoreBench.Tick(series, start.AddSeconds(2), 11)];
        PriceTick[] later = [StoreBench.Tick(series, start.AddSeconds(1), 12, 7, 60), StoreBench.Tick(series, start.AddSeconds(2), 10.5m, null, 61)];
        foreach (var batch in new[] { ticks, later })
        {
            await bench.WriteAsync(batch).ConfigureAwait(false);
            model.Write(batch);
        }

        foreach (var level in BarLevels.All)
        {
            bench.Findings.ExpectSame(
                StoreHistoryRules.Bars, model.Bars(level), await bench.BarsAsync(series, level).ConfigureAwait(false), $"The bars of {level.Name()} after the highest price was corrected");
        }
    }

    private static async Task SpanAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        var minute = BarLevel.Minute1.Floor(bench.Now).AddMinutes(-10);
        await bench.WriteAsync([.. Enumerable.Range(0, 6).Select(i => StoreBench.Tick(series, minute.AddMinutes(i), i + 1))]).ConfigureAwait(false);
        async Task ExpectAsync(double from, double to, int limit, IEnumerable<decimal> opens, bool isLast)
        {
            var query = new BarQuery(series, BarLevel.Minute1, minute.AddMinutes(from), minute.AddMinutes(to), new PageRequest(limit));
            var page = await bench.Store.History.GetBarsAsync(query, bench.Token).ConfigureAwait(false);
            var what = $"Bars from minute {from} to {to}, at most {limit}";
            bench.Findings.ExpectSame(StoreHistoryRules.BarSpan, opens, page.Items.Select(bar => bar.Open), what);
            bench.Findings.Expect(StoreHistoryRules.BarSpan, page.Next is null == isLast, $"{what}: the next cursor is '{page.Next}'.");
        }

        await ExpectAsync(1.5, 3, 10, [2, 3], true).ConfigureAwait(false);
        await ExpectAsync(1.5, 3.5, 10, [2, 3, 4], true).ConfigureAwait(false);
        await ExpectAsync(0, 6, 2, [1, 2], false).ConfigureAwait(false);
        await ExpectAsync(20, 30, 10, [], true).ConfigureAwait(false);
    }

    private static IEnumerable<PriceTick[]> Shuffled(Random random, SeriesKey series, DateTimeOffset now)
    {
        var ticks = new List<PriceTick>();
        for (var i = 0; i < Ticks; i++)
        {
            var at = now.AddMilliseconds(-random.Next(3 * 24 * 3_600) * 1_000L - random.Next(1_000));
            var price = random.Next(1, 1_000_000) / new[] { 1m, 10, 100, 1_000, 10_000, 100_000 }[random.Next(6)];
            ticks.Add(StoreBench.Tick(series, at, price, random.Next(4) == 0 ? null : random.Next(50), random.Next(30)));
            if (random.Next(10) < 3)
            {
                ticks.Add(ticks[^1] with { ReceivedAtMicroseconds = ticks[^1].ReceivedAtMicroseconds + random.Next(3) });
            }

            if (random.Next(20) == 0)
            {
                ticks.Add(ticks[^1] with { Price = price + 1.5m, Volume = random.Next(9), ReceivedAtMicroseconds = ticks[^1].ReceivedAtMicroseconds + random.Next(1, 50) });
            }
        }

        var shuffled = ticks.ToArray();
        random.Shuffle(shuffled);
        return shuffled.Chunk(40);
    }
}
