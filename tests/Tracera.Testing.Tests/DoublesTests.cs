using System.Net;

namespace Tracera.Testing.Tests;

public sealed class DoublesTests
{
    private static readonly SourceDescriptor Source = new("s", Currency.Usd);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScriptedProvider_Cycles_DoWhatTheyAreTold()
    {
        var signal = new TaskCompletionSource();
        var rejections = new List<Rejection>();
        var provider = new ScriptedProvider()
            .Cycle(cycle => cycle.Yield(Price("A"), Price("B")).Reject("C", RejectReasons.NoPrice).WaitFor(signal.Task).Yield(Price("D")))
            .Cycle(cycle => cycle.Yield(Price("E")).Throw(new ProviderException("broken")));
        var first = ReadAsync(provider, rejections);
        await provider.WhenBegunAsync(1, Token);
        Assert.False(first.IsCompleted);
        signal.SetResult();
        Assert.Equal(["A", "B", "D"], await first);
        Assert.Equal(RejectReasons.NoPrice, Assert.Single(rejections).Reason);
        await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, rejections));
        await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, rejections));
        await provider.WhenEndedAsync(3, Token);
        Assert.Equal(3, provider.Contexts.Count);
    }

    [Fact]
    public async Task FaultySink_Script_IsFollowedAndThenTheInnerSinkWrites()
    {
        var recording = new RecordingSink();
        var sink = new FaultySink(recording).FailNext(new SinkException("once")).FailNextAfterWriting(new SinkException("lost answer"));
        await Assert.ThrowsAsync<SinkException>(async () => await sink.WriteAsync(Batch(1), Token));
        Assert.Empty(recording.Ticks);
        await Assert.ThrowsAsync<SinkException>(async () => await sink.WriteAsync(Batch(1), Token));
        Assert.Single(recording.Ticks);
        sink.Failure = new SinkException("away");
        await Assert.ThrowsAsync<SinkException>(async () => await sink.WriteAsync(Batch(1), Token));
        sink.Failure = null;
        Assert.Equal(new WriteOutcome(2), await sink.WriteAsync(Batch(2), Token));
        await recording.WhenTicksAsync(3, Token);
        await sink.WhenTriedAsync(4, Token);
    }

    [Fact]
    public async Task RecordingSink_KeepsCopies()
    {
        var ticks = new PriceTick[] { new(new(1), new(1), 5m, null, 0, 0) };
        var sink = new RecordingSink();
        await sink.WriteAsync(new PriceBatch(Guid.NewGuid(), default, "p", ticks), Token);
        ticks[0] = default;
        Assert.Equal(5m, Assert.Single(sink.Ticks).Price);
    }

    [Fact]
    public async Task Bus_Prices_NeverGoBackwardsAndGapsAreTold()
    {
        var bus = new InMemoryUpdateBus(capacity: 2);
        await using var subscription = await bus.SubscribeAsync(Token);
        foreach (var at in new[] { 1, 3, 2, 4, 5 })
        {
            await bus.WriteAsync(Batch(1, at), Token);
        }

        await using var updates = subscription.ReadAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal((true, 4L), (updates.Current.Gap, updates.Current.Prices.Span[0].ObservedAtMicroseconds));
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal((false, 5L), (updates.Current.Gap, updates.Current.Prices.Span[0].ObservedAtMicroseconds));
        var snapshot = await bus.ReadAllAsync(Token);
        Assert.Equal(5, Assert.Single(snapshot.Prices).ObservedAtMicroseconds);
        Assert.Equal(updates.Current.Point, snapshot.Position.Find(0));
    }

    [Fact]
    public async Task RecordedHttp_Headers_AreServedWhereTheyBelong()
    {
        using var http = new HttpClient(new RecordedHttp().Serve(
            "/a", "one", headers: [("Retry-After", "3"), ("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT"), ("Content-Encoding", "gzip")]));
        using var answer = await http.GetAsync(new Uri("https://venue.test/a"), TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), answer.Content.Headers.LastModified);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        var refused = Assert.Throws<ArgumentException>(() => new RecordedHttp().Serve("/a", "one", headers: [("no name", "text/plain")]));
        Assert.Contains("'no name'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordedHttp_Answers_ComeInOrderAndUnknownRequestsAreNamed()
    {
        using var http = new HttpClient(new RecordedHttp().Serve("/a?b=1", "one").Serve("/a?b=1", "two", HttpStatusCode.Accepted));
        Assert.Equal("one", await http.GetStringAsync("http://venue.test/a?b=1", Token));
        Assert.Equal("two", await http.GetStringAsync("http://venue.test/a?b=1", Token));
        Assert.Equal("two", await http.GetStringAsync("http://venue.test/a?b=1", Token));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetStringAsync("http://venue.test/c", Token));
        Assert.Contains("GET /c", error.Message, StringComparison.Ordinal);
    }

    private static RawPrice Price(string name) => new("c", name, 1m, Source);

    private static PriceBatch Batch(int count, long at = 0) => new(
        Guid.NewGuid(), default, "p", Enumerable.Range(0, count).Select(i => new PriceTick(new(1), new(1), 1m, null, at + i, at)).ToArray());

    private static async Task<List<string>> ReadAsync(ScriptedProvider provider, List<Rejection> rejections)
    {
        var names = new List<string>();
        await foreach (var price in provider.FetchAsync(new FetchContext("p", default, DateTimeOffset.UnixEpoch, new ProviderOptions(), rejections.Add), Token))
        {
            names.Add(price.Name);
        }

        return names;
    }
}
