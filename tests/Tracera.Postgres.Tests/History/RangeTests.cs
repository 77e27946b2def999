namespace Tracera.Postgres.Tests;

/// <summary>Ranges may be as wide as instants go, and sums as large as they become.</summary>
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

    [Fact]
    public async Task Read_SumOfVolumesBeyondADecimal_IsTheLargestOne()
    {
        await using var store = await TestStore.OpenAsync();
        var items = await store.Catalog.GetOrAddItemsAsync([new ItemKey("test", "a"), new ItemKey("test", "b")], Token);
        var source = await store.Catalog.GetOrAddSourceAsync("test", new SourceDescriptor("a", Currency.Usd), Token);
        var ticks = items.SelectMany(item => new[] { 0, 1 }.Select(second => Ticks.Of(
            item.Value, second, volume: item == items[0] ? decimal.MaxValue : 0.0000000000000000000000000001m, source: source.Id.Value)));
        await store.Sink.WriteAsync(Ticks.Batch([.. ticks]), Token);

        var volumes = new Dictionary<ItemId, decimal?>();
        await foreach (var window in store.History.ReadWindowsAsync(
            [.. items.Select(item => new SeriesKey(item, source.Id))], Window.Hour1, Ticks.Start.AddMinutes(30), Token))
        {
            volumes.Add(window.Series.Item, window.Bars.Span[0].Volume);
        }

        Assert.Equal((decimal.MaxValue, 0.0000000000000000000000000002m), (volumes[items[0]], volumes[items[1]]));
    }

    [Theory]
    [InlineData("YjkyMjMzNzIwMzY4NTQ3NzU4MDc", "dDkyMjMzNzIwMzY4NTQ3NzU4MDcvMQ")]
    [InlineData("Yi05MjIzMzcyMDM2ODU0Nzc1ODA3", "dC05MjIzMzcyMDM2ODU0Nzc1ODA3LzE")]
    public async Task Read_WithACursorBeyondEveryInstant_IsRefused(string bars, string ticks)
    {
        await using var store = await TestStore.OpenAsync();
        var series = new SeriesKey(new ItemId(1), new SourceId(1));

        await Assert.ThrowsAsync<FormatException>(async () => await store.History.GetBarsAsync(
            new BarQuery(series, BarLevel.Day7, Ticks.Start, Ticks.Start.AddDays(9), new PageRequest(10, bars)), Token));
        await Assert.ThrowsAsync<FormatException>(async () => await store.History.GetTicksAsync(
            new TickQuery(series.Item, null, Ticks.Start, Ticks.Start.AddDays(9), new PageRequest(10, ticks)), Token));
    }
}
