namespace Tracera.Ingestion.Tests.Live;

public sealed class LiveSubscriptionTests
{
    private static CancellationToken Token => LiveHost.Token;

    [Fact]
    public async Task Subscribe_BeforeTheFirstRead_TakesPartAlready()
    {
        await using var host = new LiveHost();
        await host.WriteAsync(host.Tick(1, 1m));
        await using var subscription = await host.Source.SubscribeAsync(Token);
        await host.WriteAsync(host.Tick(1, 2m, 0, 1));
        await host.WriteAsync(host.Tick(2, 3m));

        var updates = await subscription.ReadAsync(Token).Take(2).ToListAsync(Token);

        Assert.Equal([2m, 3m], updates.Select(update => update.Prices.Span[0].Price));
        Assert.DoesNotContain(updates, update => update.Gap);
        Assert.Equal(updates[0].Point with { Offset = updates[0].Point.Offset + 1 }, updates[1].Point);
    }

    [Fact]
    public async Task Read_ByManySubscribers_SharesOneBatch()
    {
        await using var host = new LiveHost();
        await using var first = await host.Source.SubscribeAsync(Token);
        await using var second = await host.Source.SubscribeAsync(Token);
        await host.WriteAsync(host.Tick(1, 1m));

        Assert.Same(await first.ReadAsync(Token).FirstAsync(Token), await second.ReadAsync(Token).FirstAsync(Token));
    }

    [Fact]
    public async Task Read_AfterTheBatchsMemoryWasReused_StillHasTheTicks()
    {
        await using var host = new LiveHost();
        await using var subscription = await host.Source.SubscribeAsync(Token);
        var memory = new[] { host.Tick(1, 1m) };
        await host.WriteAsync(memory);
        memory[0] = host.Tick(9, 9m);

        Assert.Equal(1m, (await subscription.ReadAsync(Token).FirstAsync(Token)).Prices.Span[0].Price);
        Assert.Equal(1m, Assert.Single(await host.LatestAsync()).Price);
    }

    [Fact]
    public async Task Read_BySomebodyWhoFellBehind_LosesTheOldestAndIsTold()
    {
        await using var host = new LiveHost(options => options.QueueCapacity = 2);
        await using var slow = await host.Source.SubscribeAsync(Token);
        for (var i = 1; i <= 5; i++)
        {
            await host.WriteAsync(host.Tick(i, i));
        }

        await using var updates = slow.ReadAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal((4m, true), (updates.Current.Prices.Span[0].Price, updates.Current.Gap));
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal((5m, false), (updates.Current.Prices.Span[0].Price, updates.Current.Gap));
        Assert.Equal(3, host.Meters[LiveInstruments.Dropped]);
    }

    [Fact]
    public async Task Read_OfASlowSubscriber_DoesNotDisturbAnother()
    {
        await using var host = new LiveHost(options => options.QueueCapacity = 1);
        await using var slow = await host.Source.SubscribeAsync(Token);
        await using var quick = await host.Source.SubscribeAsync(Token);
        await using var updates = quick.ReadAsync(Token).GetAsyncEnumerator(Token);
        for (var i = 1; i <= 5; i++)
        {
            await host.WriteAsync(host.Tick(i, i));
            Assert.True(await updates.MoveNextAsync());
            Assert.Equal((i, false), (updates.Current.Prices.Span[0].Item.Value, updates.Current.Gap));
        }
    }

    [Fact]
    public async Task Publish_OfFigures_ReachesEverySubscriberInACopy()
    {
        await using var host = new LiveHost();
        await using var subscription = await host.Source.SubscribeAsync(Token);
        var figures = new List<VolatilitySnapshot> { Figures() };
        await host.Publisher.PublishAsync(figures, Token);
        await host.Publisher.PublishAsync([], Token);
        var expected = figures[0];
        figures.Clear();

        var update = await subscription.ReadAsync(Token).FirstAsync(Token);

        Assert.Same(expected, Assert.Single(update.Volatility));
        Assert.True(update.Prices.IsEmpty);
    }

    [Fact]
    public async Task Dispose_OfASubscription_EndsItsReading()
    {
        await using var host = new LiveHost();
        var subscription = await host.Source.SubscribeAsync(Token);
        await subscription.DisposeAsync();
        await host.WriteAsync(host.Tick(1, 1m));

        Assert.Empty(await subscription.ReadAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Epoch_OfTwoStarts_Differs()
    {
        await using var first = new LiveHost();
        await using var second = new LiveHost();

        Assert.NotEqual(
            (await first.Reader.ReadAllAsync(Token)).Position.Find(0)!.Value.Epoch,
            (await second.Reader.ReadAllAsync(Token)).Position.Find(0)!.Value.Epoch);
    }

    private static VolatilitySnapshot Figures() =>
        new(new SeriesKey(new ItemId(1), new SourceId(1)), Window.Hour1, 1, 1, [MetricFields.Cov], new double[] { 0.1 }, DateTimeOffset.UnixEpoch);
}
