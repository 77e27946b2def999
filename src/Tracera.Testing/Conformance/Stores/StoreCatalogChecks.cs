namespace Tracera.Testing;

/// <summary>What is promised of the catalogue.</summary>
internal static class StoreCatalogChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreCatalogRules.ItemIds, ItemIdsAsync),
        (StoreCatalogRules.ItemIdsConcurrently, ItemIdsConcurrentlyAsync),
        (StoreCatalogRules.Sources, SourcesAsync),
        (StoreCatalogRules.VolumeKind, VolumeKindAsync),
        (StoreCatalogRules.FindItems, FindItemsAsync),
        (StoreCatalogRules.ListItems, ListItemsAsync),
    ];

    private static async Task ItemIdsAsync(StoreBench bench)
    {
        ItemKey[] keys = [new("a", "x"), new("b", "x"), new("a", "X"), new("a", "x")];
        var first = await bench.Store.Catalog.GetOrAddItemsAsync(keys, bench.Token).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        await bench.Store.Catalog.GetOrAddItemsAsync([new("c", "y")], bench.Token).ConfigureAwait(false);
        var second = await bench.Store.Catalog.GetOrAddItemsAsync([.. keys.Reverse()], bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(StoreCatalogRules.ItemIds, (4, 3), (first.Count, first.Distinct().Count()), "Ids, and different ones, of four keys with a repeat");
        bench.Findings.ExpectSame(StoreCatalogRules.ItemIds, first.Reverse(), second, "The ids when they are asked for again, backwards");
        bench.Findings.Expect(StoreCatalogRules.ItemIds, first[0] == first[^1] && first.All(id => id.Value > 0), $"The ids {string.Join(", ", first)} of x, another x, X and the first x.");
    }

    private static async Task ItemIdsConcurrentlyAsync(StoreBench bench)
    {
        var keys = Enumerable.Range(0, 200).Select(i => new ItemKey("c", $"name {i}")).ToList();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(async () => await bench.Store.Catalog.GetOrAddItemsAsync(keys, bench.Token).ConfigureAwait(false), bench.Token))).ConfigureAwait(false);
        foreach (var ids in answers)
        {
            bench.Findings.ExpectSame(StoreCatalogRules.ItemIdsConcurrently, answers[0], ids, "The ids that two callers at the same time were given");
            bench.Findings.ExpectEqual(StoreCatalogRules.ItemIdsConcurrently, keys.Count, ids.Distinct().Count(), "Different ids");
        }
    }

    private static async Task SourcesAsync(StoreBench bench)
    {
        var catalog = bench.Store.Catalog;
        var descriptor = new SourceDescriptor("buff163", Currency.Eur, PriceKind.HighestBid, VolumeKind.Stock);
        var first = await catalog.GetOrAddSourceAsync("p", descriptor, bench.Token).ConfigureAwait(false);
        var again = await catalog.GetOrAddSourceAsync("p", descriptor with { }, bench.Token).ConfigureAwait(false);
        var others = new List<Source>
        {
            await catalog.GetOrAddSourceAsync("p", descriptor with { Currency = Currency.Usd }, bench.Token).ConfigureAwait(false),
            await catalog.GetOrAddSourceAsync("p", descriptor with { Kind = PriceKind.LowestAsk }, bench.Token).ConfigureAwait(false),
            await catalog.GetOrAddSourceAsync("p", descriptor with { Name = "steam" }, bench.Token).ConfigureAwait(false),
            await catalog.GetOrAddSourceAsync("q", descriptor, bench.Token).ConfigureAwait(false),
        };
        bench.Findings.ExpectEqual(StoreCatalogRules.Sources, first, again, "The same series again");
        bench.Findings.ExpectEqual(StoreCatalogRules.Sources, ("p", descriptor), (first.Provider, first.Descriptor), "What is kept of a source");
        await bench.ReopenAsync().ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreCatalogRules.Sources,
            others.Prepend(first).OrderBy(source => source.Id),
            await bench.Store.Catalog.GetSourcesAsync(bench.Token).ConfigureAwait(false),
            "The sources: of another currency, kind, name and provider");
    }

    private static async Task VolumeKindAsync(StoreBench bench)
    {
        var descriptor = new SourceDescriptor("steam", Currency.Usd, VolumeKind: VolumeKind.Stock);
        await bench.Store.Catalog.GetOrAddSourceAsync("p", descriptor, bench.Token).ConfigureAwait(false);
        await bench.Findings.ExpectThrowAsync<InvalidOperationException>(
            StoreCatalogRules.VolumeKind,
            async () => await bench.Store.Catalog.GetOrAddSourceAsync("p", descriptor with { VolumeKind = VolumeKind.Traded }, bench.Token).ConfigureAwait(false),
            "A known series with another volume kind",
            nameof(VolumeKind.Stock)).ConfigureAwait(false);
    }

    private static async Task FindItemsAsync(StoreBench bench)
    {
        var catalog = bench.Store.Catalog;
        var ids = await catalog.GetOrAddItemsAsync([new("a", "x"), new("b", "x"), new("a", "y")], bench.Token).ConfigureAwait(false);
        var found = await catalog.GetItemsAsync([ids[2], ids[0], new ItemId(int.MaxValue), ids[1], ids[0]], bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(StoreCatalogRules.FindItems, ids.Order(), found.Select(item => item.Id), "Three items by id, one asked for twice, and an unknown one");
        var named = await catalog.FindItemsAsync("x", bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreCatalogRules.FindItems, [new ItemKey("a", "x"), new ItemKey("b", "x")], named.Select(item => item.Key).OrderBy(key => key.Category, StringComparer.Ordinal), "The items named x");
        bench.Findings.ExpectEqual(StoreCatalogRules.FindItems, 0, (await catalog.FindItemsAsync("X", bench.Token).ConfigureAwait(false)).Count, "The items named X");
    }

    private static async Task ListItemsAsync(StoreBench bench)
    {
        await bench.Store.Catalog.GetOrAddItemsAsync(
            [.. Enumerable.Range(0, 25).Select(i => new ItemKey("c", i % 2 == 0 ? $"AK-47 {i}" : $"50%_off Ä {i}"))], bench.Token).ConfigureAwait(false);
        var priced = await bench.SeriesAsync("ak-47 priced").ConfigureAwait(false);
        await bench.WriteAsync(StoreBench.Tick(priced, bench.Now, 1)).ConfigureAwait(false);
        foreach (var (search, source, count) in new (string?, string?, int)[]
        {
            ("ak-47", null, 14), ("%_OFF", null, 12), ("Ä", null, 12), ("ä", null, 0), ("_", null, 12), (null, null, 26), (null, "marketTraded", 1), (null, "nowhere", 0), ("off", "marketTraded", 0),
        })
        {
            var items = await StoreBench.AllAsync(
                new ItemQuery(new PageRequest(4), search, source),
                query => bench.Store.Catalog.ListItemsAsync(query, bench.Token),
                (query, cursor) => query with { Page = query.Page with { Cursor = cursor } }).ConfigureAwait(false);
            var what = $"Items in pages of 4 with '{search}' in their name and a price of '{source}'";
            bench.Findings.ExpectEqual(StoreCatalogRules.ListItems, count, items.Count, what);
            bench.Findings.ExpectSame(StoreCatalogRules.ListItems, items.OrderBy(item => item.Id), items, what);
        }
    }
}
