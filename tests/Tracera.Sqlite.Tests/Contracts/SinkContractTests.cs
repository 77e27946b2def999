namespace Tracera.Sqlite.Tests;

public sealed class SinkContractTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Write_BatchOfferedAgain_AnswersTheFirstOutcome()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        await store.WriteAsync(series.Tick(At, 1));
        var batch = TestStoreExtensions.Batch(series.Tick(At, 1), series.Tick(At.AddSeconds(1), 2), series.Tick(At, 3, receivedAfter: 9));

        var first = await store.Sink.WriteAsync(batch, TestContext.Current.CancellationToken);
        await store.ReopenAsync(TestContext.Current.CancellationToken);
        var second = await store.Sink.WriteAsync(batch, TestContext.Current.CancellationToken);

        Assert.Equal(new WriteOutcome(1, 1, 1), first);
        Assert.Equal(first, second);
        Assert.Equal(2, (await store.TicksAsync(series)).Count);
    }

    [Theory]
    [InlineData(1.0, 5.0, 0.0, 0, 1, 0)]
    [InlineData(1.0, 5.0, 60.0, 0, 1, 0)]
    [InlineData(2.0, 5.0, 0.0, 0, 1, 0)]
    [InlineData(2.0, 5.0, -1.0, 0, 1, 0)]
    [InlineData(2.0, 5.0, 0.1, 0, 0, 1)]
    [InlineData(1.0, 6.0, 0.1, 0, 0, 1)]
    [InlineData(1.0, null, 0.1, 0, 0, 1)]
    public async Task Write_KnownKey_IsDuplicateUnlessLaterAndDifferent(
        double price, double? volume, double receivedAfter, int written, int duplicate, int corrected)
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        await store.WriteAsync(series.Tick(At, 1.0m, 5));

        var outcome = await store.WriteAsync(series.Tick(At, (decimal)price, (decimal?)volume, receivedAfter));

        Assert.Equal(new WriteOutcome(written, duplicate, corrected), outcome);
    }

    [Theory]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1.10")]
    [InlineData("100")]
    [InlineData("12345678901234567890.123456789")]
    public async Task Write_AnyDecimal_ComesBackExactly(string text)
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        var value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        await store.WriteAsync(series.Tick(At, value, value), series.Tick(At.AddSeconds(1), value, value));

        Assert.All(await store.TicksAsync(series), tick => Assert.Equal((value, value), (tick.Price, tick.Volume)));
        var bar = Assert.Single(await store.BarsAsync(series, BarLevel.Day7));
        Assert.Equal((value, value, 2L), (bar.Open, bar.Close, bar.Count));
    }

    [Fact]
    public async Task Write_SameValueWithOtherTrailingZeros_IsADuplicate()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        await store.WriteAsync(series.Tick(At, 1.1m, 2.0m));

        Assert.Equal(new WriteOutcome(0, 1), await store.WriteAsync(series.Tick(At, 1.10m, 2m, receivedAfter: 5)));
    }

    [Fact]
    public async Task Write_KeyTwiceInABatch_KeepsTheLaterReceipt()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();

        var outcome = await store.WriteAsync(series.Tick(At, 2, receivedAfter: 2), series.Tick(At, 1, receivedAfter: 1), series.Tick(At, 3, receivedAfter: 3));

        Assert.Equal(new WriteOutcome(1, 2), outcome);
        Assert.Equal(3, Assert.Single(await store.TicksAsync(series)).Price);
    }

    [Fact]
    public async Task Write_UnknownSource_IsPermanentAndWritesNothing()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();
        var stranger = series with { Source = new SourceId(77) };

        var fault = await Assert.ThrowsAsync<SinkException>(() => store.WriteAsync(series.Tick(At, 1), stranger.Tick(At, 1)));

        Assert.Equal(SinkFailure.Permanent, fault.Failure);
        Assert.Contains("77", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await store.TicksAsync(series));
    }

    [Fact]
    public async Task Write_Cancelled_WritesNothing()
    {
        await using var store = await TestStores.OpenAsync();
        var series = await store.SeriesAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.Sink.WriteAsync(TestStoreExtensions.Batch(series.Tick(At, 1)), new CancellationToken(canceled: true)));

        Assert.Empty(await store.TicksAsync(series));
    }
}
