namespace Tracera.Testing.Tests;

public sealed class InMemoryCatalogTests
{
    private readonly InMemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_KnownAndNew_GetOneIdEach()
    {
        var ids = await _store.Catalog.GetOrAddItemsAsync([new("c", "A"), new("c", "B"), new("c", "A"), new("d", "A")], Token);
        Assert.Equal([1, 2, 1, 3], ids.Select(id => id.Value));
        Assert.Equal(["c", "d"], (await _store.Catalog.FindItemsAsync("A", Token)).Select(item => item.Category));
        Assert.Equal([2], (await _store.Catalog.GetItemsAsync([new(9), new(2)], Token)).Select(item => item.Id.Value));
    }

    [Fact]
    public async Task Source_WithAnotherVolumeKind_IsRefused()
    {
        var descriptor = new SourceDescriptor("s", Currency.Usd);
        var source = await _store.Catalog.GetOrAddSourceAsync("p", descriptor, Token);
        Assert.Same(source, await _store.Catalog.GetOrAddSourceAsync("p", descriptor, Token));
        Assert.NotEqual(source.Id, (await _store.Catalog.GetOrAddSourceAsync("q", descriptor, Token)).Id);
        Assert.NotEqual(source.Id, (await _store.Catalog.GetOrAddSourceAsync("p", descriptor with { Currency = Currency.Eur }, Token)).Id);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _store.Catalog.GetOrAddSourceAsync("p", descriptor with { VolumeKind = VolumeKind.Stock }, Token));
    }

    [Fact]
    public async Task List_BySearchAndSource_PagesInOrderOfId()
    {
        await _store.Catalog.GetOrAddItemsAsync([new("c", "Red one"), new("c", "Blue"), new("c", "red two"), new("c", "RED three")], Token);
        var source = await _store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd), Token);
        await _store.History.WriteAsync(
            new PriceBatch(Guid.NewGuid(), default, "p", new PriceTick[] { new(new(2), source.Id, 1m, null, 0, 0), new(new(3), source.Id, 1m, null, 0, 0) }), Token);
        var first = await _store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(2), "red"), Token);
        var second = await _store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(2, first.Next), "red"), Token);
        Assert.Equal([1, 3], first.Items.Select(item => item.Id.Value));
        Assert.Equal([4], second.Items.Select(item => item.Id.Value));
        Assert.Null(second.Next);
        Assert.Equal([3], (await _store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(9), "red", "s"), Token)).Items.Select(item => item.Id.Value));
    }

    [Fact]
    public async Task Catalog_Away_SaysSo()
    {
        _store.Catalog.IsAway = true;
        await Assert.ThrowsAsync<CatalogUnavailableException>(async () => await _store.Catalog.GetSourcesAsync(Token));
    }
}
