using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tracera.Testing;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Configuration;

public sealed class AddStreamingVolatilityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_TicksThroughTheSink_PublishesAndCachesThemWithoutTheStore()
    {
        var (clock, history, publisher) = (new ManualTimeProvider(Some.Instant), new TestHistory(), new TestPublisher());
        history.Add(Some.Series(1), 4m, Some.Instant.AddMinutes(-1));
        using var host = Build(clock, history, publisher, builder => builder.AddStreamingVolatility().AddStreamingVolatility());
        await host.StartAsync(Token);
        await clock.WhenTimersAsync(1, Token);
        Assert.All(publisher.Take(), snapshot => Assert.Equal(4, snapshot.Mean));
        history.ForgetReads();
        await WriteAsync(host, clock, 8m);
        await AdvanceAsync(clock, VolatilityOptions.DefaultEmitInterval);
        var published = publisher.Take();
        Assert.Equal(["1h", "24h", "7d", "30d"], published.Select(snapshot => snapshot.Window.Name));
        Assert.All(published, snapshot => Assert.Equal((2, 6, 100), (snapshot.Count, snapshot.Mean, snapshot[MetricFields.PercentChange])));
        Assert.Empty(history.Reads);
        var cached = await host.Services.GetRequiredService<IVolatilityCache>().GetAsync([new ItemId(1)], Window.Hour1, Token);
        Assert.Equal(2, Assert.Single(cached).Count);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Host_MetricOfItsOwn_PublishesItFromTheStore()
    {
        var (clock, history, publisher) = (new ManualTimeProvider(Some.Instant), new TestHistory(), new TestPublisher());
        using var host = Build(clock, history, publisher, builder => builder.AddStreamingVolatility().AddMetric<CountMetric>());
        await host.StartAsync(Token);
        await clock.WhenTimersAsync(1, Token);
        history.Add(Some.Series(1), 8m, Some.Instant);
        await WriteAsync(host, clock, 8m);
        for (var second = 0; second < VolatilityOptions.DefaultLookback.TotalSeconds; second++)
        {
            await AdvanceAsync(clock, VolatilityOptions.DefaultEmitInterval);
        }

        var published = publisher.Take();
        Assert.Equal(4, published.Length);
        Assert.All(published, snapshot => Assert.Equal(1, snapshot["ticks_seen"]));
        Assert.NotEmpty(history.Reads);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Host_ConfigurationChoosesTheWorker_LeavesTicksOut()
    {
        var (clock, history, publisher) = (new ManualTimeProvider(Some.Instant), new TestHistory(), new TestPublisher());
        using var host = Build(clock, history, publisher, builder => builder.AddStreamingVolatility(), ("Mode", "Worker"));
        await host.StartAsync(Token);
        await clock.WhenTimersAsync(1, Token);
        Assert.Equal(new WriteOutcome(0, Conflated: 1), await WriteAsync(host, clock, 8m));
        await host.StopAsync(Token);
    }

    [Fact]
    public void Services_AddedTwice_HaveOneSink()
    {
        using var host = Build(
            new ManualTimeProvider(), new TestHistory(), new TestPublisher(), builder => builder.AddStreamingVolatility().AddVolatility().AddStreamingVolatility());
        Assert.Single(host.Services.GetServices<SinkRegistration>(), sink => sink.Name == "volatility");
        Assert.Equal(VolatilityMode.Streaming, host.Services.GetRequiredService<IOptions<VolatilityOptions>>().Value.Mode);
    }

    [Fact]
    public async Task Options_StreamingWithoutItsSink_IsRefused()
    {
        using var host = Build(new ManualTimeProvider(), new TestHistory(), new TestPublisher(), builder => builder.AddVolatility(), ("Mode", "Streaming"));
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Contains("AddStreamingVolatility()", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_EveryBadValue_IsNamed()
    {
        (string Key, string Value)[] bad = [("EmitInterval", "00:00:00.01"), ("ComparisonInterval", "00:00:01"), ("ComparisonSample", "-1")];
        using var host = Build(new ManualTimeProvider(), new TestHistory(), new TestPublisher(), builder => builder.AddStreamingVolatility(), bad);
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.All(bad, value => Assert.Contains(fault.Failures, failure => failure.Contains($"Tracera:Volatility:{value.Key}", StringComparison.Ordinal)));
    }

    private static async Task AdvanceAsync(ManualTimeProvider clock, TimeSpan by)
    {
        clock.Advance(by);
        await clock.WhenTimersAsync(1, Token);
    }

    private static async Task<WriteOutcome> WriteAsync(IHost host, ManualTimeProvider clock, decimal price)
    {
        var sink = host.Services.GetServices<SinkRegistration>().Single(registration => registration.Name == "volatility").Factory(host.Services);
        var now = clock.GetUtcNow();
        var tick = new PriceTick(new ItemId(1), new SourceId(1), price, null, UnixTime.ToMicroseconds(now), UnixTime.ToMicroseconds(now));
        return await sink.WriteAsync(new PriceBatch(Guid.CreateVersion7(now), RunId.New(now), "test", new[] { tick }), Token);
    }

    private static IHost Build(
        ManualTimeProvider clock, TestHistory history, TestPublisher publisher, Action<ITraceraBuilder> add, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            configuration.Select(pair => new KeyValuePair<string, string?>("Tracera:Volatility:" + pair.Key, pair.Value)));
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IPriceHistory>(history).AddSingleton<IUpdatePublisher>(publisher);
        add(builder.Services.AddTracera());
        return builder.Build();
    }

    private sealed class CountMetric : IVolatilityMetric
    {
        public IReadOnlyList<string> Fields { get; } = ["ticks_seen"];

        public void Compute(in MetricInput input, Span<double> values) => values[0] = input.Moments.Count;
    }
}
