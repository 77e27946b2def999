namespace Tracera.Testing;

/// <summary>What is promised of dead letters.</summary>
internal static class StoreDeadLetterChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreRunRules.DeadLetters, bench => bench.PartFor(StoreRunRules.DeadLetters, bench.Store.DeadLetters, nameof(StoreUnderTest.DeadLetters)) is { } log ? KeptOnceAsync(bench, log) : Task.CompletedTask),
        (StoreRunRules.DeadLettersRemoved, bench => bench.PartFor(StoreRunRules.DeadLettersRemoved, bench.Store.DeadLetters, nameof(StoreUnderTest.DeadLetters)) is { } log ? RemovedAsync(bench, log) : Task.CompletedTask),
    ];

    private static async Task KeptOnceAsync(StoreBench bench, IDeadLetterLog log)
    {
        var letters = Enumerable.Range(0, 7).Select(i => Letter(bench, i)).ToList();
        await log.AddAsync(letters, bench.Token).ConfigureAwait(false);
        await log.AddAsync(letters, bench.Token).ConfigureAwait(false);
        var elsewhere = letters[^1] with { Sink = "another" };
        await log.AddAsync([elsewhere], bench.Token).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        var reopened = bench.Store.DeadLetters ?? log;
        var kept = await StoreBench.AllAsync(
            new PageRequest(3), page => reopened.ListAsync(page, bench.Token), (page, cursor) => page with { Cursor = cursor }).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreRunRules.DeadLetters,
            letters.Append(elsewhere).Reverse(),
            kept.Select(letter => letter with { Id = 0 }),
            "Seven letters, added twice, and one of them of another sink, in pages of 3");
        bench.Findings.ExpectSame(StoreRunRules.DeadLetters, kept.Select(letter => letter.Id).Distinct().OrderDescending(), kept.Select(letter => letter.Id), "Their numbers");
    }

    private static async Task RemovedAsync(StoreBench bench, IDeadLetterLog log)
    {
        await log.AddAsync([Letter(bench, 1), Letter(bench, 2), Letter(bench, 3)], bench.Token).ConfigureAwait(false);
        var before = (await log.ListAsync(new PageRequest(10), bench.Token).ConfigureAwait(false)).Items;
        await log.RemoveAsync([before[1].Id, 12_345], bench.Token).ConfigureAwait(false);
        var after = (await log.ListAsync(new PageRequest(10), bench.Token).ConfigureAwait(false)).Items;
        bench.Findings.ExpectSame(StoreRunRules.DeadLettersRemoved, [before[0], before[2]], after, "What is left of three letters after the second was removed");
        await log.AddAsync([Letter(bench, 4)], bench.Token).ConfigureAwait(false);
        var last = (await log.ListAsync(new PageRequest(1), bench.Token).ConfigureAwait(false)).Items[0];
        bench.Findings.Expect(StoreRunRules.DeadLetters, last.Id > before[0].Id, $"The number {last.Id} of a new letter does not follow {before[0].Id}.");
    }

    private static DeadLetter Letter(StoreBench bench, int n) => new(
        0,
        "store",
        new RunId(new Guid(n, 0, 0, new byte[8])),
        "steam",
        StoreBench.Tick(new SeriesKey(new ItemId(n + 1), new SourceId(1)), bench.Now.AddSeconds(n - 60), 1.5m, n % 2 == 0 ? null : n),
        "22003",
        n == 0 ? null : "too large",
        bench.Now.AddSeconds(n - 60));
}
