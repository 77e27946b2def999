namespace Tracera.Testing.Tests;

public sealed class SinkDefectTests
{
    private static readonly Dictionary<string, Func<SinkConformance<ProbeSink>>> Defects = new()
    {
        ["sink.writes/throws"] = () => Kit((_, _, _) => throw new InvalidOperationException("no")),
        ["sink.total/one less"] = () => Kit(async (inner, batch, token) => await inner.WriteAsync(batch, token) with { Written = batch.Count - 1, Duplicate = 0, Corrected = 0 }),
        ["sink.total/below zero"] = () => Kit(async (inner, batch, token) =>
        {
            await inner.WriteAsync(batch, token);
            return new WriteOutcome(batch.Count + 1, -1);
        }),
        ["sink.total/adds up beyond a whole number"] = () => Kit(async (inner, batch, token) =>
        {
            await inner.WriteAsync(batch, token);
            return new WriteOutcome(int.MaxValue, int.MaxValue, batch.Count + 2);
        }),
        ["sink.arrives/last is dropped"] = () => Kit(async (inner, batch, token) =>
        {
            await inner.WriteAsync(new PriceBatch(batch.Id, batch.RunId, batch.Provider, batch.Ticks[..^1]), token);
            return WriteOutcome.AllWritten(batch);
        }),
        ["sink.idempotent_by_batch/appends"] = () => SinkConformance.For(() => new ProbeSink()).ReadBack((sink, _) => new(sink.Appended)),
        ["sink.idempotent_by_key/by batch only"] = () => SinkConformance.For(() => new ProbeSink()).ReadBack((sink, _) => new(sink.AppendedOncePerBatch)),
        ["sink.lets_memory_go/keeps the batch"] = () => SinkConformance.For(() => new ProbeSink()).ReadBack((sink, _) => new(sink.Kept)),
        ["sink.cancellation/wrong error"] = () => Kit((inner, batch, token) => token.IsCancellationRequested ? throw new SinkException("cancelled") : inner.WriteAsync(batch, token)),
        ["sink.cancels_midway/deaf"] = () => SinkConformance.For(() => new ProbeSink { IsDeaf = true }).Stalled(sink => sink.Stall(), sink => sink.Resume()).Within(Kits.Short),
        ["sink.cancels_midway/deaf after a look"] = () => SinkConformance.For(() => new ProbeSink { LooksOnce = true }).Stalled(sink => sink.Stall(), sink => sink.Resume()).Within(Kits.Short),
        ["sink.propagates/swallows"] = () => SinkConformance.For(() => new ProbeSink { Swallows = true })
            .ReadBack((sink, token) => sink.ReadAsync(token)).Away(sink => sink.IsAway = true, sink => sink.IsAway = false),
        ["sink.nothing_conflated/conflates"] = () => Kit(async (inner, batch, token) =>
        {
            await inner.WriteAsync(batch, token);
            return new WriteOutcome(0, Conflated: batch.Count);
        }).Durable(),
    };

    public static TheoryData<string> Names => [.. Defects.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Sink_WithADefect_BreaksItsRule(string name) =>
        await Kits.ExpectBrokenAsync(RuleOf(name), token => Defects[name]().VerifyAsync(token));

    [Fact]
    public void Rules_All_HaveADefect() => Assert.Equal(SinkRules.All.ToHashSet(), Defects.Keys.Select(RuleOf).ToHashSet());

    [Fact]
    public Task Sink_ThatGoesAwayAndStalls_KeepsEveryRule() => SinkConformance.For(() => new ProbeSink())
        .ReadBack((sink, token) => sink.ReadAsync(token))
        .Away(sink => sink.IsAway = true, sink => sink.IsAway = false)
        .Stalled(sink => sink.Stall(), sink => sink.Resume())
        .VerifyAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Sink_WhoseClientTimesOutWhileItsTargetIsAway_KeepsEveryRule() => SinkConformance.For(() => new ProbeSink { Away = new TimeoutException("No answer in 5 s.") })
        .ReadBack((sink, token) => sink.ReadAsync(token))
        .Away(sink => sink.IsAway = true, sink => sink.IsAway = false)
        .Stalled(sink => sink.Stall(), sink => sink.Resume())
        .VerifyAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Sink_ThatLosesEverything_IsToldWhatWasNotLookedAt()
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => SinkConformance.For(() => new ProbeSink { Write = (_, batch, _) => new(WriteOutcome.AllWritten(batch)) })
            .VerifyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [SinkRules.Arrives, SinkRules.CancelsMidway, SinkRules.IdempotentByBatch, SinkRules.IdempotentByKey, SinkRules.Propagates],
            error.Broken.Select(broken => broken.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal));
        Assert.All(error.Broken, broken => Assert.StartsWith("It cannot be looked at", broken.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sink_ThatTakesOnlyWhatItKnows_IsToldOfWriting()
    {
        var error = await Kits.ExpectBrokenAsync(SinkRules.Writes, token => Kit((_, batch, _) => throw new KeyNotFoundException($"item {batch.Ticks.Span[0].Item}")).VerifyAsync(token));

        var detail = error.Broken.Single(broken => broken.Rule == SinkRules.Writes).Detail;
        Assert.StartsWith("The first write threw KeyNotFoundException: item 1 The kit writes ticks of the items 1 to 3 at source 1", detail, StringComparison.Ordinal);
        Assert.Contains("Writing(…)", detail, StringComparison.Ordinal);
    }

    private static ConformanceRule RuleOf(string name) => SinkRules.All.Single(rule => rule.Id == name.Split('/')[0]);

    private static SinkConformance<ProbeSink> Kit(Func<IPriceSink, PriceBatch, CancellationToken, ValueTask<WriteOutcome>> write) =>
        SinkConformance.For(() => new ProbeSink { Write = write }).ReadBack((sink, token) => sink.ReadAsync(token));
}
