using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Configuration;

public sealed class AddVolatilityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_WithACustomMetric_PublishesItsFigureToo()
    {
        var (history, publisher) = (new TestHistory(), new SignallingPublisher());
        history.Add(Some.Series(1), 5m, TimeProvider.System.GetUtcNow());
        using var host = Build(
            builder => builder.AddMetric<CountMetric>().AddVolatility().AddVolatility(),
            services => services.AddSingleton<IPriceHistory>(history).AddSingleton<IUpdatePublisher>(publisher));
        await host.StartAsync(Token);
        var published = await publisher.First.WaitAsync(Token);
        Assert.All(published, snapshot => Assert.Equal(1, snapshot["ticks_seen"]));
        Assert.Equal(12, published[0].Fields.Count);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Host_TwoMetricsOfOneField_IsRefusedByName()
    {
        using var host = Build(builder => builder.AddVolatility().AddMetric<RivalMetric>(), WithHistory);
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Equal(
            "The field 'stddev' is computed by the metrics StdDevMetric and RivalMetric; each field needs one metric.", Assert.Single(fault.Failures));
    }

    [Fact]
    public async Task Host_WithoutAStore_IsRefusedUnlessSwitchedOff()
    {
        using var host = Build(builder => builder.AddVolatility());
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Contains("AddSqlite", Assert.Single(fault.Failures), StringComparison.Ordinal);
        using var off = Build(builder => builder.AddVolatility(options => options.Enabled = false));
        await off.StartAsync(Token);
        await off.StopAsync(Token);
    }

    [Fact]
    public void Options_CodeAndConfiguration_ConfigurationOverrides()
    {
        using var host = Build(
            builder => builder.AddVolatility(options => (options.PageSize, options.BollingerWidth, options.Windows) = (7, 3, ["7d", "30d"])),
            WithHistory,
            ("PageSize", "9"),
            ("Interval", "00:00:05"),
            ("Windows:0", "1h"));
        var options = host.Services.GetRequiredService<IOptions<VolatilityOptions>>().Value;
        Assert.Equal((9, 3, TimeSpan.FromSeconds(5)), (options.PageSize, options.BollingerWidth, options.Interval));
        Assert.Equal(["1h"], options.Windows);
    }

    [Fact]
    public async Task Options_EveryBadValue_IsNamedWithWhatIsAllowed()
    {
        (string Key, string Value)[] bad =
        [
            ("Interval", "00:00:00"), ("Lookback", "-00:00:01"), ("MaxRetryDelay", "01:00:00"), ("BollingerWidth", "NaN"), ("MinimumObservations", "0"),
            ("PageSize", "0"), ("MaxSeries", "-1"), ("Windows:0", "2h"), ("Windows:1", "1h"), ("Windows:2", "1h"),
        ];
        using var host = Build(builder => builder.AddVolatility(), WithHistory, bad);
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Equal(bad.Length - 1, fault.Failures.Count());
        Assert.Contains("Tracera:Volatility:Windows:0 is '2h'; allowed: 1h, 24h, 7d, 30d, each once.", fault.Failures);
        Assert.Contains("Tracera:Volatility:Windows:2 is '1h'; allowed: 1h, 24h, 7d, 30d, each once.", fault.Failures);
    }

    [Fact]
    public async Task Options_ValueOfAnotherKind_IsNamed()
    {
        using var host = Build(builder => builder.AddVolatility(), WithHistory, ("Interval", "soon"));
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Contains("soon", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Tracera:Volatility:Interval", fault.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: a time span such as 00:00:10.", fault.Message, StringComparison.Ordinal);
    }

    private static void WithHistory(IServiceCollection services) => services.AddSingleton<IPriceHistory>(new TestHistory());

    private static IHost Build(
        Action<ITraceraBuilder> add, Action<IServiceCollection>? services = null, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            configuration.Select(pair => new KeyValuePair<string, string?>("Tracera:Volatility:" + pair.Key, pair.Value)));
        services?.Invoke(builder.Services);
        add(builder.Services.AddTracera());
        return builder.Build();
    }

    private sealed class CountMetric : IVolatilityMetric
    {
        public IReadOnlyList<string> Fields { get; } = ["ticks_seen"];

        public void Compute(in MetricInput input, Span<double> values) => values[0] = input.Moments.Count;
    }

    private sealed class RivalMetric : IVolatilityMetric
    {
        public IReadOnlyList<string> Fields { get; } = [MetricFields.StdDev];

        public void Compute(in MetricInput input, Span<double> values) => values[0] = 0;
    }

    private sealed class SignallingPublisher : IUpdatePublisher
    {
        private readonly TaskCompletionSource<IReadOnlyList<VolatilitySnapshot>> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyList<VolatilitySnapshot>> First => _first.Task;

        public ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
        {
            _first.TrySetResult(snapshots);
            return ValueTask.CompletedTask;
        }
    }
}
