namespace Tracera.Postgres.Tests;

public sealed class PoisonTests
{
    // Rules of a server that refuse some items by the errors of the manual's appendix A: each expression fails by itself.
    private const string Rules =
        """
        ALTER TABLE {schema}.tick
            ADD CONSTRAINT bad_text CHECK (item_id % 1000 <> 101 OR convert_from(decode('ff', 'hex'), 'UTF8') = ''),
            ADD CONSTRAINT bad_number CHECK (item_id % 1000 <> 102 OR (price * 0 + 100000)::smallint > 0)
        """;

    [Theory]
    [InlineData(StoreKind.Plain, 1)]
    [InlineData(StoreKind.Plain, 50)]
    [InlineData(StoreKind.Timescale, 50)]
    public async Task Write_RefusedRowsInABatch_AreKeptAsideWithTheirStateAndTheRestIsStored(StoreKind kind, int count)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var token = TestContext.Current.CancellationToken;
        await store.ScalarAsync(Rules);
        string[] states = ["22021", "22003", "23514"];
        var ticks = Enumerable.Range(1, 5_000).Select(i => Ticks.Of(1_000_000 + (i * 1_000))).ToArray();
        var expected = new Dictionary<int, string>();
        var random = new Random(count);
        while (expected.Count < count)
        {
            var at = random.Next(ticks.Length);
            var state = expected.Count % states.Length;
            var poison = Ticks.Of(ticks[at].Item.Value + 101 + state, price: state == 2 ? 0 : 1);
            if (ticks[at].Item.Value % 1_000 == 0)
            {
                ticks[at] = poison;
                expected[poison.Item.Value] = states[state];
            }
        }

        var batch = Ticks.Batch(ticks);
        var outcome = await store.Sink.WriteAsync(batch, token);
        Assert.Equal(new WriteOutcome(ticks.Length - count, 0, 0, 0, count), outcome);
        Assert.Equal(outcome, await store.Sink.WriteAsync(batch, token));
        var letters = (await store.DeadLetters.ListAsync(new PageRequest(1_000), token)).Items;
        Assert.Equal(expected.OrderBy(pair => pair.Key), letters.ToDictionary(letter => letter.Tick.Item.Value, letter => letter.Reason).OrderBy(pair => pair.Key));
        Assert.All(letters, letter => Assert.Contains(letter.Tick, ticks));
        Assert.Equal(ticks.Where(tick => !expected.ContainsKey(tick.Item.Value)), await store.TicksAsync());
    }

    [Fact]
    public async Task Write_TableGone_IsMisconfiguredAndNothingIsKeptAside()
    {
        await using var store = await TestStore.OpenAsync();
        var token = TestContext.Current.CancellationToken;
        await store.ScalarAsync("ALTER TABLE {schema}.tick RENAME TO elsewhere");
        var fault = await Assert.ThrowsAsync<SinkException>(async () => await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1)), token));
        Assert.Equal(SinkFailure.Misconfigured, fault.Failure);
        Assert.Empty((await store.DeadLetters.ListAsync(new PageRequest(10), token)).Items);
        await store.ScalarAsync("ALTER TABLE {schema}.elsewhere RENAME TO tick");
        Assert.Equal(new WriteOutcome(1), await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1)), token));
    }
}
