namespace Tracera.Testing.Tests;

public sealed class BusDefectTests
{
    private static readonly Dictionary<string, Func<InMemoryUpdateBus, BentBus>> Defects = new()
    {
        ["bus.takes_part/late"] = bus => new BentBus(bus) { SubscribesLate = true },
        ["bus.order/offsets stand still"] = bus => new BentBus(bus) { Update = (update, _) => update with { Point = update.Point with { Offset = 1 } } },
        ["bus.order/offsets skip"] = bus => new BentBus(bus) { Update = (update, _) => update with { Point = update.Point with { Offset = update.Point.Offset * 2 } } },
        ["bus.never_backwards/repeats"] = Repeating,
        ["bus.never_backwards/within a batch"] = bus => new BentBus(bus) { Update = (update, _) => update with { Prices = update.Prices.ToArray().Reverse().ToArray() } },
        ["bus.every_subscriber/one"] = bus => new BentBus(bus) { OneListener = true },
        ["bus.gap/not told"] = bus => new BentBus(bus) { Update = (update, _) => update with { Gap = false } },
        ["bus.no_false_gap/first"] = bus => new BentBus(bus) { Update = (update, count) => update with { Gap = update.Gap || count == 0 } },
        ["bus.no_false_gap/always"] = bus => new BentBus(bus) { Update = (update, count) => update with { Gap = count > 0 } },
        ["bus.figures/none"] = bus => new BentBus(bus) { PublishesNothing = true },
        ["bus.live_only/backfill"] = bus => new BentBus(bus) { Batch = batch => new PriceBatch(batch.Id, batch.RunId, batch.Provider, batch.Ticks) },
        ["bus.keeps_no_memory/keeps"] = Keeping,
        ["bus.cancellation/deaf"] = bus => new BentBus(bus) { IsDeaf = true },
        ["bus.snapshot/order"] = bus => new BentBus(bus) { All = snapshot => snapshot with { Prices = [.. snapshot.Prices.Reverse()] } },
        ["bus.snapshot/one item short"] = bus => new BentBus(bus) { Snapshot = snapshot => snapshot with { Prices = [.. snapshot.Prices.Skip(1)] } },
        ["bus.position/ahead"] = bus => new BentBus(bus) { All = snapshot => snapshot with { Position = Moved(snapshot.Position, 1) } },
        ["bus.position/empty"] = bus => new BentBus(bus) { All = snapshot => snapshot with { Position = StreamPosition.Empty } },
        ["bus.snapshot_figures/none"] = bus => new BentBus(bus) { Snapshot = snapshot => snapshot with { Volatility = [] } },
        ["bus.snapshot_figures/the first"] = bus => new BentBus(bus) { Snapshot = snapshot => snapshot with { Volatility = [.. snapshot.Volatility, .. snapshot.Volatility] } },
    };

    public static TheoryData<string> Names => [.. Defects.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bus_WithADefect_BreaksItsRule(string name) => await Kits.ExpectBrokenAsync(
        RuleOf(name),
        token => BusConformance.For(() => BentBus.Under(Defects[name](new InMemoryUpdateBus(50)))).Within(Kits.Short).VerifyAsync(token));

    [Fact]
    public void Rules_All_HaveADefect() => Assert.Equal(BusRules.All.ToHashSet(), Defects.Keys.Select(RuleOf).ToHashSet());

    [Fact]
    public async Task Bus_WithoutWritesThatOverflow_IsToldThatGapsWereNotLookedAt()
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => BusConformance.For(() =>
        {
            var bus = new InMemoryUpdateBus(50);
            return new BusUnderTest { Sink = bus, Publisher = bus, Source = bus, Snapshots = bus };
        }).VerifyAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("It cannot be looked at", Assert.Single(error.Broken, broken => broken.Rule == BusRules.Gap).Detail, StringComparison.Ordinal);
    }

    private static ConformanceRule RuleOf(string name) => BusRules.All.Single(rule => rule.Id == name.Split('/')[0]);

    private static StreamPosition Moved(StreamPosition position, long by) =>
        position.Points.Aggregate(StreamPosition.Empty, (moved, point) => moved.With(point with { Offset = point.Offset + by }));

    // Every update begins with the last price of the one before.
    private static BentBus Repeating(InMemoryUpdateBus bus)
    {
        PriceTick? last = null;
        return new BentBus(bus)
        {
            Update = (update, _) =>
            {
                PriceTick[] prices = last is { } known ? [known, .. update.Prices.Span] : update.Prices.ToArray();
                last = prices.Length > 0 ? prices[^1] : last;
                return update with { Prices = prices };
            },
        };
    }

    // Hands the memory of the batch itself to the listeners.
    private static BentBus Keeping(InMemoryUpdateBus bus)
    {
        var batches = new Queue<PriceBatch>();
        return new BentBus(bus)
        {
            Batch = batch =>
            {
                batches.Enqueue(batch);
                return batch;
            },
            Update = (update, _) => batches.TryDequeue(out var batch) ? update with { Prices = batch.Ticks } : update,
        };
    }
}
