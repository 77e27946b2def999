namespace Tracera.Postgres.Tests;

/// <summary>Ranges may be as wide as instants go.</summary>
public sealed class RangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_FromTheFirstToTheLastInstant_HoldsEverything()
    {
        await using var store = await TestStore.OpenAsync();
        var items = await store.Catalog.GetOrAddItemsAsync([new ItemKey("test", "a")], Token);
        var source = await store.Catalog.GetOrAddSourceAsync("test", new SourceDescriptor("a", Currency.Usd), Token);
        await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(items[0].Value, source: source.Id.Value)), Token);

        var ticks = await store.History.GetTicksAsync(
            new TickQuery(items[0], null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new PageRequest(10, null)), Token);
        var bars = await store.History.GetBarsAsync(
            new BarQuery(new SeriesKey(items[0], source.Id), BarLevel.Minute1, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new PageRequest(10, null)), Token);

        Assert.Single(ticks.Items);
        Assert.Single(bars.Items);
    }
}
