namespace Tracera.Testing;

/// <summary>What is promised of the table of aliases.</summary>
internal static class StoreAliasChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreAliasRules.Aliases, bench => bench.PartFor(StoreAliasRules.Aliases, bench.Store.Aliases, nameof(StoreUnderTest.Aliases)) is { } table ? KeptAsync(bench, table) : Task.CompletedTask),
        (StoreAliasRules.AliasConflicts, bench => bench.PartFor(StoreAliasRules.AliasConflicts, bench.Store.Aliases, nameof(StoreUnderTest.Aliases)) is { } table ? ConflictsAsync(bench, table) : Task.CompletedTask),
        (StoreAliasRules.AliasesRemoved, bench => bench.PartFor(StoreAliasRules.AliasesRemoved, bench.Store.Aliases, nameof(StoreUnderTest.Aliases)) is { } table ? RemovedAsync(bench, table) : Task.CompletedTask),
    ];

    private static async Task KeptAsync(StoreBench bench, IItemAliasStore table)
    {
        ItemAlias[] aliases = [Alias(bench, "", "a", "item"), Alias(bench, "", "b", "item"), Alias(bench, "p", "B", "item"), Alias(bench, "p", "b", "another"), Alias(bench, "q", "a", "third")];
        foreach (var alias in aliases.Reverse())
        {
            await table.AddAsync(alias, bench.Token).ConfigureAwait(false);
        }

        await table.AddAsync(aliases[0] with { AddedAt = bench.Now.AddDays(1) }, bench.Token).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        var kept = await (bench.Store.Aliases ?? table).GetAsync(bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(StoreAliasRules.Aliases, aliases, kept, "Five aliases, one of them added twice");
    }

    private static async Task ConflictsAsync(StoreBench bench, IItemAliasStore table)
    {
        await table.AddAsync(Alias(bench, "p", "a", "b"), bench.Token).ConfigureAwait(false);
        await table.AddAsync(Alias(bench, "q", "b", "c"), bench.Token).ConfigureAwait(false);
        foreach (var (provider, from, to, mention) in new[]
        {
            ("p", "a", "c", "c/b"), ("p", "b", "d", "c/a"), ("", "d", "b", "c/c"), ("q", "e", "b", "c/c"), ("", "b", "d", "c/a"),
        })
        {
            await bench.Findings.ExpectThrowAsync<InvalidOperationException>(
                StoreAliasRules.AliasConflicts,
                async () => await table.AddAsync(Alias(bench, provider, from, to), bench.Token).ConfigureAwait(false),
                $"An alias '{from}' of '{to}' for '{provider}' beside 'a' of 'b' for 'p' and 'b' of 'c' for 'q'",
                mention).ConfigureAwait(false);
        }

        var kept = await table.GetAsync(bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(StoreAliasRules.AliasConflicts, 2, kept.Count, "The aliases that stand after five were refused");
    }

    private static async Task RemovedAsync(StoreBench bench, IItemAliasStore table)
    {
        var (own, all) = (Alias(bench, "p", "a", "b"), Alias(bench, "", "a", "c"));
        await table.AddAsync(own, bench.Token).ConfigureAwait(false);
        await table.AddAsync(all, bench.Token).ConfigureAwait(false);
        var removed = await table.RemoveAsync("", all.From, bench.Token).ConfigureAwait(false);
        var again = await table.RemoveAsync("", all.From, bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(StoreAliasRules.AliasesRemoved, (true, false), (removed, again), "Removing an alias, and again");
        await table.AddAsync(Alias(bench, "", "c", "d"), bench.Token).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        var kept = await (bench.Store.Aliases ?? table).GetAsync(bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(StoreAliasRules.AliasesRemoved, [own], kept.Where(alias => alias.From.Name == "a"), "What is left of two aliases of 'a'");
    }

    private static ItemAlias Alias(StoreBench bench, string provider, string from, string to) => new(provider, new("c", from), new("c", to), bench.Now);
}
