using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Tracera.Abstractions.Tests.Registration;

public sealed class RegistrationTests
{
    private readonly HostApplicationBuilder _app = Host.CreateEmptyApplicationBuilder(null);

    [Fact]
    public async Task AddTracera_CalledTwice_AddsOneLifecycleAndOnePrices()
    {
        _app.Services.AddTracera();
        _app.Services.AddTracera();
        _app.Services.AddSingleton(Substitute.For<ISnapshotReader>());
        using var host = _app.Build();

        Assert.Single(host.Services.GetServices<IHostedService>());
        Assert.Same(host.Services.GetRequiredService<IPrices>(), host.Services.GetRequiredService<IPrices>());
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Options_OfCodeAndConfiguration_TakeTheConfiguration()
    {
        _app.Configuration.AddInMemoryCollection([new("Tracera:DrainTimeout", "00:00:07")]);
        _app.Services.AddTracera(options =>
        {
            options.DrainTimeout = TimeSpan.FromSeconds(3);
            options.InstanceName = "one";
        });
        using var host = _app.Build();

        var options = host.Services.GetRequiredService<IOptions<TraceraOptions>>().Value;

        Assert.Equal((TimeSpan.FromSeconds(7), "one"), (options.DrainTimeout, options.InstanceName));
    }

    [Theory]
    [InlineData("Tracera:DrainTimeout", "00:10:01")]
    [InlineData("Tracera:DrainTimeout", "-00:00:01")]
    [InlineData("Tracera:DrainTimeout", "soon")]
    [InlineData("Tracera:InstanceName", "")]
    public async Task Start_WithABadValue_NamesPathAndValue(string path, string value)
    {
        _app.Configuration.AddInMemoryCollection([new(path, value)]);
        _app.Services.AddTracera();

        var error = await FailedStartAsync();

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("allowed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithRepeatedNames_NamesEachOfThem()
    {
        var tracera = _app.Services.AddTracera();
        tracera.AddProvider(new ProviderRegistration("steam", _ => new object(), null)).AddProvider(new ProviderRegistration("Steam", _ => new object(), null));
        tracera.AddSink(new SinkRegistration("store", _ => Substitute.For<IPriceSink>()));
        tracera.AddSink(new SinkRegistration("store", _ => Substitute.For<IPriceSink>()));

        var error = await FailedStartAsync();

        Assert.Contains("The provider name 'steam' is registered 2 times", error.Message, StringComparison.Ordinal);
        Assert.Contains("The sink name 'store' is registered 2 times", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("steam\n")]
    [InlineData("ärger")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void AddSink_OfABadName_NamesItAndWhatIsAllowed(string name)
    {
        var tracera = _app.Services.AddTracera();

        var error = Assert.Throws<ArgumentException>(() => tracera.AddSink(new SinkRegistration(name, _ => Substitute.For<IPriceSink>())));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Steam_2.x-y")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void AddSink_OfAGoodName_IsRegistered(string name)
    {
        _app.Services.AddTracera().AddSink(new SinkRegistration(name, _ => Substitute.For<IPriceSink>(), Configure: options => options.QueueCapacity = 5));
        using var host = _app.Build();

        Assert.Equal(name, host.Services.GetRequiredService<SinkRegistration>().Name);
        Assert.Equal(5, host.Services.GetRequiredService<IOptionsMonitor<SinkOptions>>().Get(name).QueueCapacity);
    }

    [Fact]
    public void AddComponent_OfANameThatWasAdded_AddsNothing()
    {
        _app.Services.AddTracera().AddComponent<ITraceraComponent>("bus", Stages.Bus).AddComponent<ITraceraComponent>("bus", Stages.Clients);
        using var host = _app.Build();

        Assert.Equal(Stages.Bus, Assert.Single(host.Services.GetServices<ComponentRegistration>()).Stage);
    }

    [Fact]
    public void AddMetric_OfATypeThatWasAdded_AddsNothing()
    {
        _app.Services.AddTracera().AddMetric<RangeMetric>().AddMetric<RangeMetric>();
        using var host = _app.Build();

        var registration = Assert.Single(host.Services.GetServices<MetricRegistration>());
        Assert.Same(registration.Factory(host.Services), registration.Factory(host.Services));
    }

    [Fact]
    public void AddReadinessCheck_OfANameThatWasAdded_AddsNothing()
    {
        _app.Services.AddTracera().AddReadinessCheck<IHealthCheck>("store").AddReadinessCheck<IHealthCheck>("store");
        using var host = _app.Build();

        Assert.Equal([TraceraTelemetry.ReadinessTag], Assert.Single(host.Services.GetServices<HealthCheckRegistration>()).Tags);
    }

    private async Task<OptionsValidationException> FailedStartAsync()
    {
        using var host = _app.Build();
        return await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
    }
}
