namespace Tracera.Testing.Tests;

public sealed class WholeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Store_InMemory_KeepsEveryRule() =>
        Kits.Store(Kits.Whole).Except(StoreTickRules.Durable, "What is in memory is gone with it.").VerifyAsync(Token);

    [Fact]
    public Task Store_InMemoryReopened_KeepsEveryRule() => Kits.Store(store => Reopening(Kits.Whole(store))).VerifyAsync(Token);

    [Fact]
    public Task Bus_InMemory_KeepsEveryRule() => BusConformance.For(() => Kits.Whole(new InMemoryUpdateBus(50))).VerifyAsync(Token);

    [Fact]
    public Task Sink_InMemoryHistory_KeepsEveryRule() =>
        NeverAway(SinkConformance.For(() => new InMemoryStore().History).Durable().ReadBack(ReadAsync)).VerifyAsync(Token);

    [Fact]
    public Task Sink_InMemoryBus_KeepsEveryRule() =>
        NeverAway(SinkConformance.For(() => new InMemoryUpdateBus()).ReadBack(async (bus, token) => (await bus.ReadAllAsync(token)).Prices)).VerifyAsync(Token);

    [Fact]
    public Task Metric_Range_KeepsEveryRule() => MetricConformance.For<RangeMetric>().VerifyAsync(Token);

    [Fact]
    public async Task Except_BrokenRule_IsLeftOut()
    {
        var kit = MetricConformance.For(new FaultyMetric { Fields = ["Bad Name"] }).Except(MetricRules.Fields, "an old name that clients know");
        await kit.VerifyAsync(Token);
        Assert.Throws<ArgumentException>(() => kit.Except(MetricRules.Fields, " "));
        Assert.Throws<ArgumentOutOfRangeException>(() => kit.Within(TimeSpan.Zero));
    }

    [Fact]
    public async Task Verify_Cancelled_IsNoBrokenRule() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Kits.Store(Kits.Whole).VerifyAsync(new CancellationToken(canceled: true)));

    internal static async ValueTask<IReadOnlyList<PriceTick>> ReadAsync(IPriceHistory history, CancellationToken token)
    {
        var all = new List<PriceTick>();
        for (var i = 1; i <= 3; i++)
        {
            var page = await history.GetTicksAsync(new TickQuery(new ItemId(i), null, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, new PageRequest(100)), token);
            all.AddRange(page.Items);
        }

        return all;
    }

    private static SinkConformance<TSink> NeverAway<TSink>(SinkConformance<TSink> kit)
        where TSink : IPriceSink => kit
            .Except(SinkRules.Propagates, "What is in memory is never away.")
            .Except(SinkRules.CancelsMidway, "What is in memory never hangs.");

    private static StoreUnderTest Reopening(StoreUnderTest store) => new()
    {
        Sink = store.Sink,
        History = store.History,
        Catalog = store.Catalog,
        Runs = store.Runs,
        Leases = store.Leases,
        Aliases = store.Aliases,
        Backfills = store.Backfills,
        DeadLetters = store.DeadLetters,
        Reopen = _ => new(store),
    };
}
