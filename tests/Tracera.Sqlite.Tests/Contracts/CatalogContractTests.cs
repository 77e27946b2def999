namespace Tracera.Sqlite.Tests;

public sealed class CatalogContractTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrAddItems_RepeatsAndReopening_GiveTheSameIds()
    {
        await using var store = await TestStores.OpenAsync();
        ItemKey[] keys = [new("a", "x"), new("b", "x"), new("a", "X"), new("a", "x")];

        var first = await store.Catalog.GetOrAddItemsAsync(keys, Token);
        await store.ReopenAsync(Token);
        var second = await store.Catalog.GetOrAddItemsAsync([.. keys.Reverse()], Token);

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first[0], first[3]);
        Assert.Equal(first.Reverse(), second);
        Assert.All(first, id => Assert.True(id.Value > 0));
    }

    [Fact]
    public async Task GetOrAddItems_Concurrently_AgreeOnIds()
    {
        await using var store = await TestStores.OpenAsync();
        var keys = Enumerable.Range(0, 200).Select(i => new ItemKey("c", $"name {i}")).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await store.Catalog.GetOrAddItemsAsync(keys, Token)));

        Assert.All(answers, ids => Assert.Equal(answers[0], ids));
    }

    [Fact]
    public async Task GetOrAddSource_SameSeries_IsOneSource()
    {
        await using var store = await TestStores.OpenAsync();
        var descriptor = new SourceDescriptor("buff163", Currency.Eur, PriceKind.HighestBid, VolumeKind.Stock);

        var first = await store.Catalog.GetOrAddSourceAsync("p", descriptor, Token);
        var again = await store.Catalog.GetOrAddSourceAsync("p", descriptor with { }, Token);
        var other = await store.Catalog.GetOrAddSourceAsync("p", descriptor with { Currency = Currency.Usd }, Token);

        Assert.Equal(first, again);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal([first, other], await store.Catalog.GetSourcesAsync(Token));
    }

    [Fact]
    public async Task GetOrAddSource_OtherVolumeKind_IsRefused()
    {
        await using var store = await TestStores.OpenAsync();
        var descriptor = new SourceDescriptor("steam", Currency.Usd, VolumeKind: VolumeKind.Stock);
        await store.Catalog.GetOrAddSourceAsync("p", descriptor, Token);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await store.Catalog.GetOrAddSourceAsync("p", descriptor with { VolumeKind = VolumeKind.Traded }, Token));

        Assert.Contains("'Traded'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'Stock'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListItems_SearchAndSource_PageInOrderOfId()
    {
        await using var store = await TestStores.OpenAsync();
        await store.Catalog.GetOrAddItemsAsync([.. Enumerable.Range(0, 25).Select(i => new ItemKey("c", i % 2 == 0 ? $"AK-47 {i}" : $"50%_off Ä {i}"))], Token);
        var priced = await store.SeriesAsync("ak-47 priced");
        await store.WriteAsync(priced.Tick(DateTimeOffset.UnixEpoch.AddYears(50), 1));

        Assert.Equal(14, (await AllAsync(store, "ak-47", null)).Count);
        Assert.Equal(12, (await AllAsync(store, "%_OFF", null)).Count);
        Assert.Equal(12, (await AllAsync(store, "Ä", null)).Count);
        Assert.Empty(await AllAsync(store, "ä", null));
        Assert.Equal(26, (await AllAsync(store, null, null)).Count);
        Assert.Equal(priced.Item, Assert.Single(await AllAsync(store, null, "marketTraded")).Id);
        Assert.Empty(await AllAsync(store, null, "nowhere"));
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("!")]
    public async Task ListItems_ForeignCursor_IsRefusedByName(string cursor)
    {
        await using var store = await TestStores.OpenAsync();

        var fault = await Assert.ThrowsAsync<FormatException>(
            async () => await store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(5, cursor)), Token));

        Assert.Contains($"'{cursor}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAndFind_Items_AnswerTheKnownOnes()
    {
        await using var store = await TestStores.OpenAsync();
        var ids = await store.Catalog.GetOrAddItemsAsync([new("a", "x"), new("b", "x"), new("a", "y")], Token);

        Assert.Equal(ids, (await store.Catalog.GetItemsAsync([ids[2], ids[0], new ItemId(99), ids[1], ids[0]], Token)).Select(item => item.Id));
        Assert.Equal(["a", "b"], (await store.Catalog.FindItemsAsync("x", Token)).Select(item => item.Category));
        Assert.Empty(await store.Catalog.FindItemsAsync("X", Token));
    }

    private static async Task<List<Item>> AllAsync(ITestStore store, string? search, string? source)
    {
        var (items, cursor) = (new List<Item>(), (string?)null);
        do
        {
            var page = await store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(4, cursor), search, source), Token);
            Assert.InRange(page.Items.Count, 0, 4);
            items.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(items.OrderBy(item => item.Id), items);
        return items;
    }
}
