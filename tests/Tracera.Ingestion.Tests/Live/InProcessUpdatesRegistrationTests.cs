using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion.Tests.Live;

public sealed class InProcessUpdatesRegistrationTests
{
    private readonly HostApplicationBuilder _app = Host.CreateEmptyApplicationBuilder(null);

    [Fact]
    public async Task Add_CalledTwice_RegistersOnceAndStarts()
    {
        _app.Services.AddTracera().AddInProcessUpdates(options => options.MaxSeries = 5).AddInProcessUpdates(options => options.MaxPending = 6);
        using var host = _app.Build();

        var sink = Assert.Single(host.Services.GetServices<SinkRegistration>());
        Assert.Equal(("live", false), (sink.Name, sink.IsDurable));
        Assert.Equal(SinkOverflow.Conflate, host.Services.GetRequiredService<IOptionsMonitor<SinkOptions>>().Get("live").Overflow);
        var part = Assert.Single(host.Services.GetServices<ComponentRegistration>());
        Assert.Equal(("live", Stages.Bus), (part.Name, part.Stage));
        Assert.Same(host.Services.GetRequiredService<IUpdateSource>(), host.Services.GetRequiredService<IUpdatePublisher>());
        var options = host.Services.GetRequiredService<IOptions<InProcessUpdatesOptions>>().Value;
        Assert.Equal((5, 6), (options.MaxSeries, options.MaxPending));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_WithBadValues_NamesEachOfThem()
    {
        _app.Configuration.AddInMemoryCollection(
        [
            new("Tracera:InProcessUpdates:QueueCapacity", "0"),
            new("Tracera:InProcessUpdates:MaxSeries", "10000001"),
            new("Tracera:InProcessUpdates:MaxPending", "-1"),
            new("Tracera:InProcessUpdates:RetryInterval", "00:00:00"),
        ]);
        _app.Services.AddTracera().AddInProcessUpdates(options => options.QueueCapacity = 5);
        using var host = _app.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "Tracera:InProcessUpdates:QueueCapacity is '0'; allowed: 1 to 65536.",
                "Tracera:InProcessUpdates:MaxSeries is '10000001'; allowed: 1 to 10000000.",
                "Tracera:InProcessUpdates:MaxPending is '-1'; allowed: 0 to 1000000.",
                "Tracera:InProcessUpdates:RetryInterval is '00:00:00'; allowed: 00:00:00.1 to 01:00:00.",
            ],
            error.Failures);
    }

    [Theory]
    [InlineData("QueueCapacity", "many")]
    [InlineData("RetryInterval", "soon")]
    public async Task Start_WithATextThatIsNoValue_NamesPathAndValue(string key, string value)
    {
        _app.Configuration.AddInMemoryCollection([new($"Tracera:InProcessUpdates:{key}", value)]);
        _app.Services.AddTracera().AddInProcessUpdates();
        using var host = _app.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains($"Tracera:InProcessUpdates:{key}", Assert.Single(error.Failures), StringComparison.Ordinal);
        Assert.Contains($"'{value}'", error.Message, StringComparison.Ordinal);
    }
}
