using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Abstractions.Tests.Live;

public sealed class PricesWatchTests : IAsyncDisposable
{
    private readonly FakeUpdates _updates = new();
    private readonly FakeCatalog _catalog = new();
    private readonly ServiceProvider _services;

    public PricesWatchTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IUpdateSource>(_updates).AddSingleton<ISnapshotReader>(_updates).AddSingleton<IItemCatalog>(_catalog).AddTracera();
        _services = services.BuildServiceProvider();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Watch_FromTheStart_SubscribesFirstAndYieldsTheSnapshotThenUpdates()
    {
        _updates.Latest = [Tick(1, 10), Tick(2, 20)];
        await using var watch = Watch();

        Assert.Equal(("item 1", 10m), await NextAsync(watch));
        Assert.Equal(("item 2", 20m), await NextAsync(watch));
        _updates.Send(Tick(2, 21, observedAt: 5));

        Assert.Equal(("item 2", 21m), await NextAsync(watch));
        Assert.Equal(["subscribe", "snapshot"], _updates.Calls);
    }

    [Fact]
    public async Task Watch_WithNames_KnowsItemSourceAndCurrency()
    {
        _updates.Latest = [Tick(3, 7, source: 2)];
        await using var watch = Watch();

        Assert.True(await watch.MoveNextAsync());

        var price = watch.Current;
        Assert.Equal(("item 3", "odd", "buff163", Currency.Eur, 7m), (price.Name, price.Item.Category, price.Source.Name, price.Currency, price.Price));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMicroseconds(1), price.ObservedAt);
    }

    [Fact]
    public async Task Watch_OfASlowConsumer_GetsTheNewestOfEachSeries()
    {
        _updates.Latest = [Tick(1, 10)];
        await using var watch = Watch();
        Assert.Equal(("item 1", 10m), await NextAsync(watch));

        for (var i = 0; i < 200; i++)
        {
            _updates.Send(Tick(1, 100 + i, observedAt: 10 + i), Tick(2, 500 + i, observedAt: 10 + i));
        }

        // The read of the snapshot that a gap asks for tells that everything before it is in.
        await _updates.SnapshotReadAsync(Token);
        _updates.Send(gap: true);
        await _updates.SnapshotReadAsync(Token);
        _updates.Send(Tick(3, 1));

        Assert.Equal(("item 1", 299m), await NextAsync(watch));
        Assert.Equal(("item 2", 699m), await NextAsync(watch));
        Assert.Equal(("item 3", 1m), await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_OfOldAndRepeatedTicks_NeverGoesBackwards()
    {
        _updates.Latest = [Tick(1, 10, observedAt: 50, receivedAt: 60)];
        await using var watch = Watch();
        Assert.Equal(("item 1", 10m), await NextAsync(watch));

        _updates.Send(Tick(1, 8, observedAt: 49, receivedAt: 99), Tick(1, 9, observedAt: 50, receivedAt: 60), Tick(1, 7, observedAt: 50, receivedAt: 59));
        _updates.Send(Tick(1, 11, observedAt: 50, receivedAt: 61));

        Assert.Equal(("item 1", 11m), await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_AfterAGap_ReadsTheSnapshotAgain()
    {
        await using var watch = Watch();
        var next = watch.MoveNextAsync();
        await _updates.SnapshotReadAsync(Token);

        _updates.Latest = [Tick(4, 40)];
        _updates.Send(gap: true);

        Assert.True(await next);
        Assert.Equal(40m, watch.Current.Price);
        Assert.Equal(["subscribe", "snapshot", "snapshot"], _updates.Calls);
    }

    [Fact]
    public async Task Watch_WithAFilter_YieldsWhatPassesAlone()
    {
        _updates.Latest = [.. Enumerable.Range(1, 20).Select(id => Tick(id, id))];
        await using var watch = Watch(new PriceFilter { Names = ["item 4", "item 7"], Categories = ["even"], Sources = ["steam"] });
        Assert.Equal(("item 4", 4m), await NextAsync(watch));

        _updates.Send(Tick(7, 70, observedAt: 9), Tick(4, 39, source: 2, observedAt: 9), Tick(4, 41, observedAt: 9));

        Assert.Equal(("item 4", 41m), await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_OfManySeries_ReadsTheirNamesTogetherAndOnce()
    {
        _updates.Latest = [.. Enumerable.Range(1, FakeCatalog.Items).Select(id => Tick(id, id))];
        await using var watch = Watch();
        for (var i = 0; i < FakeCatalog.Items; i++)
        {
            await NextAsync(watch);
        }

        _updates.Send(Tick(1, 2, observedAt: 9));
        await NextAsync(watch);

        Assert.Equal(1, _catalog.Reads);
    }

    [Fact]
    public async Task Watch_OfAnItemThatTheCatalogueDoesNotKnow_GoesOn()
    {
        _updates.Latest = [Tick(9_999, 1), Tick(5, 50)];
        await using var watch = Watch();

        Assert.Equal(("item 5", 50m), await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_Cancelled_ThrowsAndEndsTheSubscription()
    {
        using var cancel = new CancellationTokenSource();
        var watch = Prices().WatchAsync(cancellationToken: cancel.Token).GetAsyncEnumerator(Token);
        var next = watch.MoveNextAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await _updates.Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task Watch_LeftByTheConsumer_EndsTheSubscription()
    {
        _updates.Latest = [Tick(1, 10)];
        await foreach (var price in Prices().WatchAsync(cancellationToken: Token))
        {
            Assert.Equal(10m, price.Price);
            break;
        }

        await _updates.Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task Watch_OfASourceThatFails_TellsTheConsumer()
    {
        await using var watch = Watch();
        _updates.End(new TimeoutException("the bus is gone"));

        var error = await Assert.ThrowsAsync<TimeoutException>(async () => await watch.MoveNextAsync());

        Assert.Equal("the bus is gone", error.Message);
    }

    [Fact]
    public async Task Watch_WhileTheCatalogueIsAway_TellsTheConsumer()
    {
        _updates.Latest = [Tick(1, 10)];
        _catalog.Error = new CatalogUnavailableException("away");
        await using var watch = Watch();

        await Assert.ThrowsAsync<CatalogUnavailableException>(async () => await watch.MoveNextAsync());
    }

    private static PriceTick Tick(int item, decimal price, int source = 1, long observedAt = 1, long receivedAt = 1) =>
        new(new ItemId(item), new SourceId(source), price, null, observedAt, receivedAt);

    private static async Task<(string Name, decimal Price)> NextAsync(IAsyncEnumerator<ItemPrice> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return (watch.Current.Name, watch.Current.Price);
    }

    private IPrices Prices() => _services.GetRequiredService<IPrices>();

    private IAsyncEnumerator<ItemPrice> Watch(PriceFilter? filter = null) => Prices().WatchAsync(filter, Token).GetAsyncEnumerator(Token);
}
