using NSubstitute;

namespace Tracera.Ingestion.Tests.Live;

public sealed class LiveSnapshotReaderTests
{
    private static CancellationToken Token => LiveHost.Token;

    [Fact]
    public async Task Read_OfItems_HasTheirTicksInOrderAndTheirFigures()
    {
        var figures = new VolatilitySnapshot(
            new SeriesKey(new ItemId(1), new SourceId(1)), Window.Day1, 2, 10, [MetricFields.Cov], new double[] { 0.5 }, DateTimeOffset.UnixEpoch);
        var cache = Substitute.For<IVolatilityCache>();
        cache.GetAsync(Arg.Any<IReadOnlyList<ItemId>>(), null, Token).Returns([figures]);
        await using var host = new LiveHost(cache: cache);
        await host.WriteAsync(host.Tick(3, 3m), host.Tick(1, 2m, source: 2), host.Tick(1, 1m), host.Tick(2, 9m));

        var snapshot = await host.Reader.ReadAsync([new ItemId(3), new ItemId(1), new ItemId(1), new ItemId(77)], Token);

        Assert.Equal([1m, 2m, 3m], snapshot.Prices.Select(tick => tick.Price));
        Assert.Same(figures, Assert.Single(snapshot.Volatility));
        Assert.False(snapshot.Stale);
    }

    [Fact]
    public async Task Read_AfterUpdates_StandsAtTheirPosition()
    {
        await using var host = new LiveHost();
        await using var subscription = await host.Source.SubscribeAsync(Token);
        await host.WriteAsync(host.Tick(1, 1m));
        await host.WriteAsync(host.Tick(1, 2m, 0, 1));

        var updates = await subscription.ReadAsync(Token).Take(2).ToListAsync(Token);

        Assert.Equal(updates[1].Point, (await host.Reader.ReadAsync([new ItemId(1)], Token)).Position.Find(0));
        Assert.Equal(updates[1].Point, (await host.Reader.ReadAllAsync(Token)).Position.Find(0));
    }
}
