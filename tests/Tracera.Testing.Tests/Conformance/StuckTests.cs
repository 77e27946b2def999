using System.Text;

namespace Tracera.Testing.Tests;

/// <summary>What has no end is found, named, and ended.</summary>
public sealed class StuckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Provider_WhoseCursorNeverEnds_IsToldOfServeAtAndGoesOnNoLonger(bool isDeaf)
    {
        var (ended, opened) = (new CountSignal(), new List<PagingProvider>());
        var error = await Assert.ThrowsAsync<ConformanceException>(() => ProviderConformance.For(venue => Opened(new PagingProvider(venue, isDeaf) { Ended = ended }))
            .Serve(Encoding.UTF8.GetBytes(PagingProvider.FirstPage))
            .Except(ProviderRules.Streams, "It reads a page whole.")
            .Except(ProviderRules.Cancellation, "One of the two is deaf.")
            .VerifyAsync(Token));

        var detail = error.Broken.Single(broken => broken.Rule == ProviderRules.YieldsPrices).Detail;
        Assert.Contains("The same answer was asked for 10,000 times; serve further pages with ServeAt(…).", detail, StringComparison.Ordinal);
        await ended.WhenAsync(opened.Sum(provider => provider.Begun), Token);

        PagingProvider Opened(PagingProvider provider)
        {
            opened.Add(provider);
            return provider;
        }
    }

    [Fact]
    public async Task Provider_WhoseFurtherPagesAreServed_YieldsThem() =>
        await ProviderRules.All.Except([ProviderRules.YieldsPrices, ProviderRules.Deterministic])
            .Aggregate(ProviderConformance.For(venue => new PagingProvider(venue)), (kit, rule) => kit.Except(rule, "It is not what this test is about."))
            .Serve(Encoding.UTF8.GetBytes(PagingProvider.FirstPage))
            .ServeAt("/items?cursor=next", Encoding.UTF8.GetBytes(PagingProvider.LastPage))
            .VerifyAsync(Token);

    [Fact]
    public async Task Store_ThatIgnoresItsCursor_IsReadToABound()
    {
        var error = await Kits.ExpectBrokenAsync(StoreHistoryRules.Ticks, token => Kits.Store(store => BentStore.With(
            store, history: new BentHistory(store.History) { TickQuery = query => query with { Page = new PageRequest(query.Page.Limit) } })).VerifyAsync(token));

        Assert.StartsWith("After 1,000 pages", error.Broken.Single(broken => broken.Rule == StoreHistoryRules.Ticks).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bus_ThatRepeatsItself_IsReadToABound()
    {
        var error = await Kits.ExpectBrokenAsync(BusRules.TakesPart, token => BusConformance.For(() => BentBus.Under(
            new BentBus(new InMemoryUpdateBus(50)) { RepeatsItself = true })).VerifyAsync(token));

        Assert.Equal("What was written is not among 1,000 updates.", error.Broken.Single(broken => broken.Rule == BusRules.TakesPart).Detail);
    }

    [Fact]
    public async Task Check_OfManySteps_MayTakeLongerThanAStep()
    {
        var findings = Under(out var time);
        var check = findings.CheckAsync(SinkRules.Writes, async own =>
        {
            for (var i = 0; i < 20; i++)
            {
                var step = new TaskCompletionSource();
                var waiting = own.WithinAsync(step.Task);
                time.Advance(TimeSpan.FromSeconds(25));
                step.SetResult();
                await waiting;
            }
        });

        await check.WaitAsync(Token);
        findings.ThrowIfBroken("Nothing");
    }

    [Fact]
    public async Task Check_WithAStepThatHangs_IsCancelledAndNamesIt()
    {
        var findings = Under(out var time);
        var ended = new TaskCompletionSource();
        var check = findings.CheckAsync(SinkRules.Writes, async own =>
        {
            own.Token.Register(ended.SetResult);
            await own.StepAsync(() => ended.Task, "A write");
        });
        await time.WhenTimersAsync(2, Token);
        time.Advance(TimeSpan.FromSeconds(30));

        await check.WaitAsync(Token);
        await ended.Task.WaitAsync(Token);
        var error = Assert.Throws<ConformanceException>(() => findings.ThrowIfBroken("It"));
        Assert.Equal("A write did not end within 00:00:30.", Assert.Single(error.Broken).Detail);
    }

    [Fact]
    public async Task Check_ThatHangsBetweenItsSteps_IsCancelled()
    {
        var findings = Under(out var time);
        var ended = new TaskCompletionSource();
        var check = findings.CheckAsync(SinkRules.Writes, async own =>
        {
            own.Token.Register(ended.SetResult);
            await ended.Task;
        });
        await time.WhenTimersAsync(1, Token);
        time.Advance(TimeSpan.FromMinutes(2));

        await check.WaitAsync(Token);
        await ended.Task.WaitAsync(Token);
        Assert.Equal("No step of the check ended within 00:02:00.", Assert.Single(Assert.Throws<ConformanceException>(() => findings.ThrowIfBroken("It")).Broken).Detail);
    }

    private static Findings Under(out ManualTimeProvider time)
    {
        time = new ManualTimeProvider();
        return new Findings(new ConformanceSettings { Time = time }, Token);
    }
}
