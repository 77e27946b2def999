using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>The hub in a real web server on a free loopback port, over a market in memory.</summary>
public sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubHost(WebApplication app)
    {
        _app = app;
        Meters = new MeterReader(app.Services.GetRequiredService<IMeterFactory>());
    }

    public FakeMarket Market => _app.Services.GetRequiredService<FakeMarket>();

    public FakeCatalog Catalog => _app.Services.GetRequiredService<FakeCatalog>();

    public MeterReader Meters { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<HubHost> StartAsync(
        Action<RealtimeOptions>? configure = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null,
        Action<HubHost>? before = null,
        Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<FakeMarket>().AddSingleton<FakeCatalog>();
        builder.Services.AddSingleton<IUpdateSource>(provider => provider.GetRequiredService<FakeMarket>());
        builder.Services.AddSingleton<ISnapshotReader>(provider => provider.GetRequiredService<FakeMarket>());
        builder.Services.AddSingleton<IItemCatalog>(provider => provider.GetRequiredService<FakeCatalog>());
        services?.Invoke(builder.Services);
        builder.Services.AddTracera().AddRealtime(configure);
        var host = new HubHost(builder.Build());
        host._app.MapTraceraHub();
        before?.Invoke(host);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public Task<HubClient> ConnectAsync(Action<ClientWebSocketOptions>? configure = null) =>
        HubClient.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/api/v1/ws" }.Uri, configure);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Meters.Dispose();
        await _app.DisposeAsync();
    }
}
