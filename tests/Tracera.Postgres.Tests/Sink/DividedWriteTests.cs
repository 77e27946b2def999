namespace Tracera.Postgres.Tests;

/// <summary>P2 and P3 where a writer guesses which rows of a batch are known: rightly, wrongly, and after a batch that came to nothing.</summary>
public sealed class DividedWriteTests
{
    // A direct row was put there by the transaction itself, a staged one under a savepoint of it.
    private const string DirectRows = "SELECT count(*) FROM {schema}.tick t WHERE t.xmin IN (SELECT b.xmin FROM {schema}.batch b)";

    public static TheoryData<StoreKind, int> Kinds => new((StoreKind.Plain, 1), (StoreKind.Plain, 3), (StoreKind.Timescale, 2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_FewKnownRowsAmongNewOnes_SendsOnlyThoseThroughTheStagingTable()
    {
        await using var store = await TestStore.OpenAsync();
        var first = Enumerable.Range(1, 100).Select(item => Ticks.Of(item, price: item)).ToArray();
        await store.Sink.WriteAsync(Ticks.Batch(first), Token);
        Assert.Equal(100L, await store.ScalarAsync(DirectRows));

        // Ten that are known, three of them corrected; two of one new key; one that is late and new.
        PriceTick[] second =
        [
            .. Enumerable.Range(1, 80).Select(item => Ticks.Of(item, 1)),
            .. first[..7],
            .. first[7..10].Select(tick => tick with { Price = tick.Price + 1, ReceivedAtMicroseconds = tick.ReceivedAtMicroseconds + 1 }),
            Ticks.Of(90, 1, 5),
            Ticks.Of(90, 1, 6, receivedAfter: 2),
            Ticks.Of(91, -1),
        ];
        Assert.Equal(new WriteOutcome(82, 8, 3), await store.Sink.WriteAsync(Ticks.Batch(second), Token));
        Assert.Equal(100L - 3 + 80, await store.ScalarAsync(DirectRows));
        Assert.Equal(
            [Ticks.Of(91, -1), .. first[..7], .. second[87..90], .. first[10..], .. second[..80], second[91]], await store.TicksAsync());
        Assert.Equal("1|82,8,3", await store.ScalarAsync("SELECT count(*) || '|' || string_agg(written || ',' || duplicate || ',' || corrected, ';') FROM {schema}.batch WHERE written <> 100"));
    }

    [Fact]
    public async Task Write_OnlyLateRowsAreDoubted_TheNextBatchGoesStraightIn()
    {
        await using var store = await TestStore.OpenAsync();
        await store.Sink.WriteAsync(Ticks.Batch([.. Enumerable.Range(1, 40).Select(item => Ticks.Of(item, 50))]), Token);
        for (var late = 1; late <= 2; late++)
        {
            PriceTick[] ticks = [.. Enumerable.Range(1, 36).Select(item => Ticks.Of(item, 50 + late)), .. Enumerable.Range(37, 4).Select(item => Ticks.Of(item, late))];
            Assert.Equal(new WriteOutcome(40), await store.Sink.WriteAsync(Ticks.Batch(ticks), Token));
            Assert.Equal(late == 1 ? 76L : 116L, await store.ScalarAsync(DirectRows));
        }
    }

    [Fact]
    public async Task Write_RowsThatAnotherWriterPut_AreFoundAndCountedAllTheSame()
    {
        await using var store = await TestStore.OpenAsync();
        await using var other = await TestStore.OpenAsync(schema: store.Schema, drops: false);
        await store.Sink.WriteAsync(Ticks.Batch([.. Enumerable.Range(1, 50).Select(item => Ticks.Of(item))]), Token);
        PriceTick[] ticks = [.. Enumerable.Range(1, 50).Select(item => Ticks.Of(item, 1))];
        await other.Sink.WriteAsync(Ticks.Batch(ticks[..20]), Token);

        // Two known ones are doubted, so it divides; eighteen more are known and taken to be new.
        PriceTick[] mixed = [.. ticks, Ticks.Of(1), Ticks.Of(2)];
        Assert.Equal(new WriteOutcome(30, 22), await store.Sink.WriteAsync(Ticks.Batch(mixed), Token));
        Assert.Equal(100, (await store.TicksAsync()).Count);
    }

    [Fact]
    public async Task Write_BatchWhoseCommitFailed_IsWrittenWhenItComesAgain()
    {
        await using var store = await TestStore.OpenAsync();
        await store.ScalarAsync(CommitRefusal.SetUp);
        PriceTick[] Second(int second) => [.. Enumerable.Range(1, 100).Select(item => Ticks.Of(item, second))];
        await store.Sink.WriteAsync(Ticks.Batch(Second(0)), Token);
        var batch = Ticks.Batch([.. Second(1), .. Second(0)[..5]]);
        await store.ScalarAsync(CommitRefusal.Begin);
        await Assert.ThrowsAsync<SinkException>(async () => await store.Sink.WriteAsync(batch, Token));
        Assert.Equal(100, (await store.TicksAsync()).Count);
        await store.ScalarAsync(CommitRefusal.End);

        Assert.Equal(new WriteOutcome(100, 5), await store.Sink.WriteAsync(batch, Token));
        Assert.Equal(new WriteOutcome(100, 5), await store.Sink.WriteAsync(Ticks.Batch([.. Second(2), .. Second(1)[..5]]), Token));
        Assert.Equal(300L, await store.ScalarAsync(DirectRows));
    }

    [Fact]
    public async Task Write_DividedBatchWithARefusedRow_KeepsThatAsideAndCountsTheRest()
    {
        await using var store = await TestStore.OpenAsync();
        var first = Enumerable.Range(1, 100).Select(item => Ticks.Of(item)).ToArray();
        await store.Sink.WriteAsync(Ticks.Batch(first), Token);
        foreach (var (poisoned, second) in new[] { (7, 1), (101, 2) })
        {
            // A refused row among the new ones, and then one among the doubtful ones.
            PriceTick[] ticks = [.. Enumerable.Range(1, 100).Select(item => Ticks.Of(item, second)), .. first[..5], Ticks.Of(200, second)];
            ticks[poisoned] = ticks[poisoned] with { Price = 0, ReceivedAtMicroseconds = ticks[poisoned].ReceivedAtMicroseconds + 1 };
            var outcome = await store.Sink.WriteAsync(Ticks.Batch(ticks), Token);
            Assert.Equal(poisoned == 7 ? new WriteOutcome(100, 5, 0, 0, 1) : new WriteOutcome(101, 4, 0, 0, 1), outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_RandomBatchesOfTwoWriters_CountAndStoreAsOneByOne(StoreKind kind, int writers)
    {
        await using var store = await TestStore.OpenAsync(kind, options => options.WriterConnections = writers);
        await using var other = await TestStore.OpenAsync(kind, schema: store.Schema, drops: false);
        Assert.Null(await new SinkAudit(store, seed: writers).FindAsync(rounds: 120, random => random.Next(5) == 0 ? other.Sink : store.Sink));
        Assert.True(await store.ScalarAsync(DirectRows) is > 0L);
    }
}
