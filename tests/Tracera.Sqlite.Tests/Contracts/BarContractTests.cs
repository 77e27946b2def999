namespace Tracera.Sqlite.Tests;

public sealed class BarContractTests
{
    private static readonly DateTimeOffset Start = new(2025, 12, 20, 23, 47, 13, TimeSpan.Zero);

    [Theory]
    [InlineData(1, VolumeKind.Traded)]
    [InlineData(2, VolumeKind.Stock)]
    [InlineData(3, VolumeKind.Rolling24h)]
    [InlineData(4, VolumeKind.Traded)]
    public async Task Bars_LateDuplicateAndCorrectedTicks_EqualARecomputation(int seed, VolumeKind kind)
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync("item", kind);
        var other = await store.SeriesAsync("other", kind);
        var (model, otherModel) = (new TickModel(kind), new TickModel(kind));
        foreach (var batch in Shuffled(new Random(seed), series))
        {
            var noise = other.Tick(batch[0].ObservedAt, batch[0].Price, 1, 1_000);
            var outcome = await store.WriteAsync([.. batch, noise]);
            Assert.Equal(model.Write(batch) + otherModel.Write([noise]), outcome);
        }

        Assert.Equal(model.Rows, await store.TicksAsync(series));
        foreach (var level in BarLevels.All)
        {
            Assert.Equal(model.Bars(level), await store.BarsAsync(series, level, pageSize: 7));
            Assert.Equal(otherModel.Bars(level), await store.BarsAsync(other, level));
        }
    }

    [Fact]
    public async Task Bars_Correction_ReplacesHighLowAndSums()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        await store.WriteAsync(series.Tick(Start, 10), series.Tick(Start.AddSeconds(1), 99, 5), series.Tick(Start.AddSeconds(2), 11));

        var outcome = await store.WriteAsync(series.Tick(Start.AddSeconds(1), 12, 7, receivedAfter: 60));

        Assert.Equal(new WriteOutcome(0, 0, 1), outcome);
        foreach (var level in BarLevels.All)
        {
            var bar = Assert.Single(await store.BarsAsync(series, level));
            Assert.Equal((10m, 12m, 10m, 11m, 7m, 3L), (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Count));
            Assert.Equal(11, bar.Mean, 12);
        }
    }

    [Fact]
    public async Task GetBars_Span_IncludesTheBucketOfItsFirstInstantAndEndsBeforeItsLast()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        var minute = BarLevel.Minute1.Floor(Start);
        await store.WriteAsync([.. Enumerable.Range(0, 5).Select(i => series.Tick(minute.AddMinutes(i), i + 1))]);

        var page = await store.History.GetBarsAsync(
            new BarQuery(series, BarLevel.Minute1, minute.AddSeconds(90), minute.AddMinutes(3), new PageRequest(10)),
            TestContext.Current.CancellationToken);

        Assert.Equal([2m, 3m], page.Items.Select(bar => bar.Open));
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("aTE")]
    [InlineData("YjkyMjMzNzIwMzY4NTQ3NzU4MDc")]
    public async Task GetBars_ForeignCursor_IsRefusedByName(string cursor)
    {
        await using var store = await TestStores.OpenAsync();
        var query = new BarQuery(new SeriesKey(new ItemId(1), new SourceId(1)), BarLevel.Hour1, Start, Start, new PageRequest(10, cursor));

        var fault = await Assert.ThrowsAsync<FormatException>(
            async () => await store.History.GetBarsAsync(query, TestContext.Current.CancellationToken));

        Assert.Contains($"'{cursor}'", fault.Message, StringComparison.Ordinal);
    }

    // 600 ticks over three days; three in ten come again, one in twenty comes again with another price or volume, a few long after the rest.
    private static IEnumerable<List<PriceTick>> Shuffled(Random random, SeriesKey series)
    {
        var ticks = new List<PriceTick>();
        for (var i = 0; i < 600; i++)
        {
            var at = Start.AddMilliseconds(random.Next(3 * 24 * 3_600) * 1_000L + random.Next(1_000));
            var price = (decimal)random.Next(1, 1_000_000) / (decimal)Math.Pow(10, random.Next(0, 6));
            decimal? volume = random.Next(4) == 0 ? null : random.Next(50);
            ticks.Add(series.Tick(at, price, volume, random.Next(30)));
            if (random.NextDouble() < 0.3)
            {
                ticks.Add(ticks[^1] with { ReceivedAtMicroseconds = ticks[^1].ReceivedAtMicroseconds + random.Next(3) });
            }

            if (random.NextDouble() < 0.05)
            {
                ticks.Add(ticks[^1] with { Price = price + 1.5m, Volume = random.Next(9), ReceivedAtMicroseconds = ticks[^1].ReceivedAtMicroseconds + random.Next(-5, 50) });
            }
        }

        var shuffled = ticks.ToArray();
        random.Shuffle(shuffled);
        return shuffled.Chunk(40).Select(chunk => chunk.ToList());
    }
}
