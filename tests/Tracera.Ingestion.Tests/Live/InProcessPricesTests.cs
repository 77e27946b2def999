using NSubstitute;

namespace Tracera.Ingestion.Tests.Live;

public sealed class InProcessPricesTests
{
    private static CancellationToken Token => LiveHost.Token;

    [Fact]
    public async Task Watch_OverTheInProcessUpdates_YieldsSnapshotThenChanges()
    {
        await using var host = new LiveHost(catalog: Catalog());
        await host.WriteAsync(host.Tick(1, 10m));
        await using var watch = host.Prices.WatchAsync(PriceFilter.ForItems("Case"), Token).GetAsyncEnumerator(Token);

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(("Case", 10m), (watch.Current.Name, watch.Current.Price));
        await host.WriteAsync(host.Tick(2, 99m), host.Tick(1, 11m, 0, 1));

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(("Case", 11m), (watch.Current.Name, watch.Current.Price));
        Assert.Equal(11m, Assert.Single(await host.Prices.GetLatestAsync("Case", Token)).Price);
    }

    [Fact]
    public async Task Watch_OfAFeedFasterThanTheQueue_EndsAtTheNewestPrices()
    {
        const int Rounds = 3_000;
        await using var host = new LiveHost(options => options.QueueCapacity = 1, catalog: Catalog());
        await host.WriteAsync(host.Tick(1, 0.5m, -9_000), host.Tick(2, 0.5m, -9_000));
        await using var watch = host.Prices.WatchAsync(null, Token).GetAsyncEnumerator(Token);
        Assert.True(await watch.MoveNextAsync());
        for (var round = 1; round <= Rounds; round++)
        {
            await host.WriteAsync(host.Tick(1, round, -8_000 + round), host.Tick(2, round, -8_000 + round));
        }

        var last = new Dictionary<string, decimal>();
        while (last.Count < 2 || last.Values.Any(price => price < Rounds))
        {
            Assert.True(await watch.MoveNextAsync());
            Assert.True(watch.Current.Price > last.GetValueOrDefault(watch.Current.Name));
            last[watch.Current.Name] = watch.Current.Price;
        }
    }

    private static IItemCatalog Catalog()
    {
        var catalog = Substitute.For<IItemCatalog>();
        IReadOnlyList<Item> items = [new(new ItemId(1), new ItemKey("steam:730", "Case")), new(new ItemId(2), new ItemKey("steam:730", "Key"))];
        IReadOnlyList<Source> sources = [new(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd))];
        catalog.GetItemsAsync(Arg.Any<IReadOnlyList<ItemId>>(), Arg.Any<CancellationToken>()).Returns(items);
        catalog.FindItemsAsync("Case", Arg.Any<CancellationToken>()).Returns([items[0]]);
        catalog.GetSourcesAsync(Arg.Any<CancellationToken>()).Returns(sources);
        return catalog;
    }
}
