namespace Tracera.Testing.Tests;

public sealed class InMemoryHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly InMemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_SameKey_IsDuplicateCorrectionOrLate()
    {
        Assert.Equal(new WriteOutcome(1), await WriteAsync(Tick(10m, 0, receivedAt: 5)));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await WriteAsync(Tick(10m, 0, receivedAt: 9)));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await WriteAsync(Tick(11m, 0, receivedAt: 4)));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await WriteAsync(Tick(13m, 0, receivedAt: 5)));
        Assert.Equal(new WriteOutcome(0, Corrected: 1), await WriteAsync(Tick(12m, 0, receivedAt: 6)));
        Assert.Equal(12m, Assert.Single((await TicksAsync(10)).Items).Price);
    }

    [Fact]
    public async Task Bars_OfTicksInAnyOrder_HaveExactMoments()
    {
        await _store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd, VolumeKind: VolumeKind.Traded), Token);
        await WriteAsync(Tick(10.02m, 30, volume: 2), Tick(10m, 10, volume: 1), Tick(9.99m, 50), Tick(11m, 60));
        var bars = (await _store.History.GetBarsAsync(new BarQuery(Series, BarLevel.Minute1, Noon.AddSeconds(45), Noon.AddHours(1), new PageRequest(10)), Token)).Items;
        Assert.Equal(2, bars.Count);
        var bar = bars[0];
        Assert.Equal((10m, 10.02m, 9.99m, 9.99m, 3m, 3L), (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Count));
        Assert.Equal(30.01 / 3, bar.Mean, 1e-12);
        Assert.Equal(Noon.AddMinutes(1), bars[1].Start);
        Assert.Null(bars[1].Volume);
    }

    [Fact]
    public async Task Volume_OfStock_IsTheLast()
    {
        await _store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd, VolumeKind: VolumeKind.Stock), Token);
        await WriteAsync(Tick(10m, 10, volume: 7), Tick(10m, 20, volume: 3));
        var page = await _store.History.GetBarsAsync(new BarQuery(Series, BarLevel.Day1, Noon, Noon.AddDays(1), new PageRequest(10)), Token);
        Assert.Equal(3m, Assert.Single(page.Items).Volume);
    }

    [Fact]
    public async Task Ticks_OverPages_AreAllThereOnce()
    {
        await WriteAsync([.. Enumerable.Range(0, 25).Select(i => Tick(1m + i, i))]);
        var (prices, cursor) = (new List<decimal>(), (string?)null);
        do
        {
            var page = await TicksAsync(10, cursor);
            prices.AddRange(page.Items.Select(tick => tick.Price));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(1, 25).Select(i => (decimal)i), prices);
        await Assert.ThrowsAsync<FormatException>(() => TicksAsync(10, "mine"));
    }

    [Fact]
    public async Task Latest_WithATickOfTheFuture_LeavesItOut()
    {
        await WriteAsync(Tick(1m, 0), Tick(2m, 60));
        Assert.Equal(1m, Assert.Single(await _store.History.GetLatestAsync([new ItemId(1), new ItemId(9)], Noon.AddSeconds(30), Token)).Price);
        Assert.Equal(2m, Assert.Single(await _store.History.GetLatestAsync([new ItemId(1)], Noon.AddSeconds(60), Token)).Price);
    }

    [Theory]
    [InlineData(-60, 1)]
    [InlineData(-119, 1)]
    [InlineData(-121, null)]
    public async Task Window_Prior_IsNoOlderThanOneWindowLength(int minutes, int? expected)
    {
        await WriteAsync(Tick(1m, minutes * 60), Tick(2m, 0));
        var now = Noon.AddSeconds(59);
        await foreach (var window in _store.History.ReadWindowsAsync([Series], Window.Hour1, now, Token))
        {
            Assert.Equal(Noon.AddMinutes(-59), window.Start);
            Assert.Equal(1, window.Bars.Length);
            Assert.Equal(expected, window.Prior);
        }
    }

    [Fact]
    public async Task Series_ReceivedSince_AreEachOnce()
    {
        await WriteAsync(Tick(1m, 0, receivedAt: 10), Tick(1m, 1, receivedAt: 20), Tick(1m, 2, receivedAt: 30));
        Assert.Equal(1, await CountAsync(Noon.AddSeconds(30)));
        Assert.Equal(0, await CountAsync(Noon.AddSeconds(31)));

        async Task<int> CountAsync(DateTimeOffset since)
        {
            var count = 0;
            await foreach (var series in _store.History.ReadSeriesAsync(since, Token))
            {
                Assert.Equal(Series, series);
                count++;
            }

            return count;
        }
    }

    private static SeriesKey Series => new(new ItemId(1), new SourceId(1));

    private static PriceTick Tick(decimal price, int seconds, int receivedAt = 0, decimal? volume = null) => new(
        Series.Item, Series.Source, price, volume, UnixTime.ToMicroseconds(Noon.AddSeconds(seconds)), UnixTime.ToMicroseconds(Noon.AddSeconds(receivedAt)));

    private ValueTask<WriteOutcome> WriteAsync(params PriceTick[] ticks) =>
        _store.History.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(Noon), "p", ticks), Token);

    private async Task<Page<PriceTick>> TicksAsync(int limit, string? cursor = null) =>
        await _store.History.GetTicksAsync(new TickQuery(new ItemId(1), null, Noon, Noon.AddHours(1), new PageRequest(limit, cursor)), Token);
}
