using Microsoft.Extensions.Hosting;
using Tracera.Realtime.Connections;
using Tracera.Realtime.Relay;

namespace Tracera.Realtime.Hub;

/// <summary>The hub's part in the life-cycle: follows the updates from start on, and closes every client at the end.</summary>
/// <remarks>
/// The web server stops before this part does and waits for its connections, so the clients are closed as soon as the host begins to stop.
/// </remarks>
internal sealed class HubComponent(UpdateRelay relay, ConnectionRegistry registry, IHostApplicationLifetime host) : ITraceraComponent, IDisposable
{
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = host.ApplicationStopping.Register(registry.BeginClose);
        relay.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await registry.CloseAsync(cancellationToken).ConfigureAwait(false);
        await relay.StopAsync().ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();
}
