using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Tracera.Abstractions.Tests.Live;

public sealed class PricesTests : IAsyncDisposable
{
    private readonly ServiceCollection _services = [];
    private readonly FakeUpdates _updates = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _updates.DisposeAsync();

    [Fact]
    public async Task GetLatest_OfAName_HasOnePriceForEachSource()
    {
        _updates.Latest =
        [
            new(new ItemId(3), new SourceId(1), 10m, null, 1, 1),
            new(new ItemId(3), new SourceId(2), 11m, null, 1, 1),
            new(new ItemId(4), new SourceId(1), 12m, null, 1, 1),
        ];
        var prices = Prices(services => services.AddSingleton<ISnapshotReader>(_updates).AddSingleton<IItemCatalog>(new FakeCatalog()));

        var latest = await prices.GetLatestAsync("item 3", Token);

        Assert.Equal([("item 3", "steam", 10m), ("item 3", "buff163", 11m)], latest.Select(price => (price.Name, price.Source.Name, price.Price)));
        Assert.Empty(await prices.GetLatestAsync("item 5", Token));
        Assert.Empty(await prices.GetLatestAsync("Item 3", Token));
    }

    [Fact]
    public async Task GetVolatility_OfAName_AsksTheCacheForItsItems()
    {
        var figures = new VolatilitySnapshot(
            new SeriesKey(new ItemId(3), new SourceId(1)), Window.Day1, 2, 10, [MetricFields.Cov], new double[] { 0.5 }, DateTimeOffset.UnixEpoch);
        var cache = Substitute.For<IVolatilityCache>();
        cache.GetAsync(Arg.Is<IReadOnlyList<ItemId>>(ids => ids.Single() == new ItemId(3)), Window.Day1, Token).Returns([figures]);
        var prices = Prices(services => services.AddSingleton(cache).AddSingleton<IItemCatalog>(new FakeCatalog()));

        Assert.Same(figures, Assert.Single(await prices.GetVolatilityAsync("item 3", Window.Day1, Token)));
        Assert.Empty(await prices.GetVolatilityAsync("nothing", Window.Day1, Token));
    }

    [Fact]
    public async Task Calls_WithoutTheParts_NameWhatToAdd()
    {
        var prices = Prices(services => services.AddSingleton(Substitute.For<IVolatilityCache>()));

        Assert.Contains("AddSqlite()", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await prices.GetLatestAsync("x", Token))).Message, StringComparison.Ordinal);
        Assert.Contains("AddInProcessUpdates()", Assert.Throws<InvalidOperationException>(() => prices.WatchAsync(null, Token)).Message, StringComparison.Ordinal);

        prices = Prices(services => services.RemoveAll<IVolatilityCache>().AddSingleton<ISnapshotReader>(_updates).AddSingleton<IItemCatalog>(new FakeCatalog()));
        Assert.Contains(
            "AddVolatility()",
            (await Assert.ThrowsAsync<InvalidOperationException>(async () => await prices.GetVolatilityAsync("x", Window.Day1, Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAnAppThatUsesPricesWithoutABus_FailsAndSaysWhatToAdd()
    {
        var app = Host.CreateEmptyApplicationBuilder(null);
        app.Services.AddTracera();
        app.Services.AddHostedService<Watcher>();
        using var host = app.Build();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Equal("IPrices is used, and there is no bus that brings prices: add AddInProcessUpdates() or AddRedis() to the Tracera builder.", fault.Message);
    }

    private IPrices Prices(Action<IServiceCollection> add)
    {
        add(_services);
        _services.AddTracera();
        return _services.BuildServiceProvider().GetRequiredService<IPrices>();
    }

    private sealed class Watcher(IPrices prices) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await foreach (var price in prices.WatchAsync(cancellationToken: stoppingToken))
            {
                Assert.NotNull(price);
            }
        }
    }
}
