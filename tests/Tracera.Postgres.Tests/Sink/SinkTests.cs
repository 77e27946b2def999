namespace Tracera.Postgres.Tests;

public sealed class SinkTests
{
    public static TheoryData<StoreKind, int> Kinds => new((StoreKind.Plain, 1), (StoreKind.Plain, 3), (StoreKind.Timescale, 1), (StoreKind.Timescale, 2));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_NewTicks_AreStoredExactly(StoreKind kind, int writers)
    {
        await using var store = await TestStore.OpenAsync(kind, options => options.WriterConnections = writers);
        var ticks = Ticks.Random(5_000, 1);
        var outcome = await store.Sink.WriteAsync(Ticks.Batch(ticks), TestContext.Current.CancellationToken);
        Assert.Equal(new WriteOutcome(5_000), outcome);
        Assert.Equal(ticks.OrderBy(tick => tick.ObservedAtMicroseconds).ThenBy(tick => tick.Item), await store.TicksAsync());
        Assert.Equal((long)writers, await store.ScalarAsync("SELECT count(*) FROM {schema}.batch"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_KnownAndCorrectedTicks_CountsEachInItsPlace(StoreKind kind, int writers)
    {
        await using var store = await TestStore.OpenAsync(kind, options => options.WriterConnections = writers);
        var token = TestContext.Current.CancellationToken;
        var first = Enumerable.Range(1, 100).Select(item => Ticks.Far(item, price: item)).ToArray();
        await store.Sink.WriteAsync(Ticks.Batch(first), token);
        PriceTick[] second =
        [
            .. first[..40],
            .. first[40..70].Select(tick => tick with { Price = tick.Price + 1, ReceivedAtMicroseconds = tick.ReceivedAtMicroseconds + 1 }),
            .. first[70..80].Select(tick => tick with { Price = tick.Price + 1, ReceivedAtMicroseconds = tick.ReceivedAtMicroseconds - 1 }),
            .. Enumerable.Range(200, 20).Select(item => Ticks.Far(item)),
            Ticks.Far(219),
        ];
        var outcome = await store.Sink.WriteAsync(Ticks.Batch(second), token);
        Assert.Equal(new WriteOutcome(20, 51, 30), outcome);
        Assert.Equal([.. first[..40], .. second[40..70], .. first[70..], .. second[80..100]], await store.TicksAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_BatchAgain_GivesTheFirstOutcome(StoreKind kind, int writers)
    {
        await using var store = await TestStore.OpenAsync(kind, options => options.WriterConnections = writers);
        var token = TestContext.Current.CancellationToken;
        await store.Sink.WriteAsync(Ticks.Batch(Ticks.Far(1)), token);
        var batch = Ticks.Batch(Ticks.Far(1), Ticks.Far(4), Ticks.Far(7, price: 0));
        var first = await store.Sink.WriteAsync(batch, token);
        await store.ReopenAsync();
        Assert.Equal(new WriteOutcome(1, 1, 0, 0, 1), first);
        Assert.Equal(first, await store.Sink.WriteAsync(batch, token));
        Assert.Equal(2, (await store.TicksAsync()).Count);
    }

    [Fact]
    public async Task Write_BatchAgainByAnotherNumberOfWriters_StoresNothingTwice()
    {
        var schema = $"t_{Guid.NewGuid():N}";
        var token = TestContext.Current.CancellationToken;
        var batch = Ticks.Batch(Ticks.Random(2_000, 2));
        await using var one = await TestStore.OpenAsync(schema: schema, configure: options => options.WriterConnections = 1);
        Assert.Equal(new WriteOutcome(2_000), await one.Sink.WriteAsync(batch, token));
        await using var three = await TestStore.OpenAsync(schema: schema, configure: options => options.WriterConnections = 3);
        Assert.Equal(new WriteOutcome(0, 2_000), await three.Sink.WriteAsync(batch, token));
        Assert.Equal(new WriteOutcome(0, 2_000), await three.Sink.WriteAsync(batch, token));
        Assert.Equal(2_000, (await one.TicksAsync()).Count);
    }

    [Fact]
    public async Task Write_MinutesOfABatch_AreMarkedInItsTransaction()
    {
        await using var store = await TestStore.OpenAsync();
        await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1, -1), Ticks.Of(2, 0), Ticks.Of(3, 59), Ticks.Of(4, 60)), TestContext.Current.CancellationToken);
        Assert.Equal(
            "2026-01-01 11:59,2026-01-01 12:00,2026-01-01 12:01",
            await store.ScalarAsync("SELECT string_agg(to_char(minute AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ',' ORDER BY minute) FROM {schema}.dirty"));
    }

    [Fact]
    public async Task Write_DayWithoutAPartition_MakesIt()
    {
        await using var store = await TestStore.OpenAsync();
        var token = TestContext.Current.CancellationToken;
        await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1), Ticks.Of(1, -40 * 86_400.0)), token);
        await store.ScalarAsync("DROP TABLE {schema}.tick_y2026m01d01");
        Assert.Equal(new WriteOutcome(1), await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(2)), token));
        Assert.Equal(2, (await store.TicksAsync()).Count);
    }
}
