using CustomSink;
using Microsoft.Extensions.Options;
using Tracera.Testing;

namespace Tracera.Samples.Tests.CustomSink;

public sealed class PriceAlertSinkTests
{
    private static readonly SourceDescriptor Market = new("market", Currency.Usd);
    private readonly InMemoryCatalog _catalog = new();
    private readonly AlertLog _log = new();
    private readonly PriceAlertSink _sink;
    private long _time;

    public PriceAlertSinkTests() => _sink = new PriceAlertSink(
        _catalog, Options.Create(new PriceAlertOptions { Thresholds = { ["Lantern"] = 10m } }), _log);

    [Fact]
    public async Task Price_CrossingItsThreshold_IsToldOnceEachWay()
    {
        foreach (var price in new[] { 9m, 9.99m, 10m, 11m, 10m, 9.99m, 9m, 12m })
        {
            Assert.Equal(new WriteOutcome(1), await WriteAsync(await TickAsync("Lantern", price)));
        }

        Assert.Equal(
            [
                "Lantern is at 10, across its threshold of 10.",
                "Lantern is at 9.99, across its threshold of 10.",
                "Lantern is at 12, across its threshold of 10.",
            ],
            _log.Lines);
    }

    [Fact]
    public async Task Sink_AgainstTheWholeContract_KeepsEveryRule()
    {
        var stop = TestContext.Current.CancellationToken;
        PriceTick[] ticks = [await TickAsync("Lantern", 11m), await TickAsync("Kettle", 12m)];
        var options = Options.Create(new PriceAlertOptions { Thresholds = { ["Lantern"] = 10m, ["Kettle"] = 10m } });

        await SinkConformance.For(() =>
            {
                _log.Lines.Clear();
                return new PriceAlertSink(_catalog, options, _log);
            })
            .Writing(ticks)
            .ReadBack((_, _) => new([.. _log.Lines.Select(line => line.StartsWith("Lantern", StringComparison.Ordinal) ? ticks[0] : ticks[1])]))
            .Away(_ => _catalog.IsAway = true, _ => _catalog.IsAway = false)
            .Except(SinkRules.CancelsMidway, "The catalogue in memory, all that the sink waits for, cannot be made to hang.")
            .VerifyAsync(stop);
    }

    [Fact]
    public async Task Price_OfAnItemThatIsNotWatched_IsNotTold()
    {
        await WriteAsync(await TickAsync("Kettle", 1m), await TickAsync("Kettle", 1_000m));

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Batch_OfferedAgain_TellsNothingTwice()
    {
        PriceTick[] ticks = [await TickAsync("Lantern", 9m), await TickAsync("Lantern", 11m), await TickAsync("Lantern", 9m)];

        await WriteAsync(ticks);
        await WriteAsync(ticks);

        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task Batch_WhileTheCatalogueIsAway_FailsAndIsToldLater()
    {
        var tick = await TickAsync("Lantern", 11m);
        _catalog.IsAway = true;
        await Assert.ThrowsAsync<CatalogUnavailableException>(() => WriteAsync(tick));
        Assert.Empty(_log.Lines);

        _catalog.IsAway = false;
        await WriteAsync(tick);
        Assert.Single(_log.Lines);
    }

    private async Task<WriteOutcome> WriteAsync(params PriceTick[] ticks) => await _sink.WriteAsync(
        new PriceBatch(Guid.NewGuid(), default, "test", ticks), TestContext.Current.CancellationToken);

    private async Task<PriceTick> TickAsync(string name, decimal price)
    {
        var stop = TestContext.Current.CancellationToken;
        var item = await _catalog.GetOrAddItemsAsync([new ItemKey("test", name)], stop);
        var source = await _catalog.GetOrAddSourceAsync("test", Market, stop);
        return new PriceTick(item[0], source.Id, price, null, ++_time, _time);
    }
}
