using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Lifecycle;

/// <summary>The one hosted service: starts every part downstream first and stops it upstream first, within the drain deadline.</summary>
internal sealed class TraceraLifecycle(
    IServiceProvider services,
    IEnumerable<ComponentRegistration> registrations,
    IOptions<TraceraOptions> options,
    TimeProvider time,
    ILogger<TraceraLifecycle> logger) : IHostedService
{
    private static readonly TimeSpan GraceAfterDeadline = TimeSpan.FromSeconds(3);
    private readonly Stack<(string Name, ITraceraComponent Component)> _started = new();
    private TimeSpan _drainTimeout;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Read now, because a stop while the services are disposed can resolve nothing.
        _drainTimeout = options.Value.DrainTimeout;
        foreach (var registration in registrations.OrderBy(registration => registration.Stage))
        {
            var start = StartOneAsync(registration, cancellationToken);
            await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!start.IsCompletedSuccessfully)
            {
                LifecycleLog.StartFailed(logger, registration.Name);
                await StopAsync(CancellationToken.None).ConfigureAwait(false);
                await start.ConfigureAwait(false);
            }
        }

        LifecycleLog.Started(logger, _started.Count);
        services.GetService<LifecycleEnd>()?.Stop = StopAsync;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_started.Count == 0)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(_drainTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var startedAt = time.GetTimestamp();
        while (_started.TryPop(out var part))
        {
            var left = _drainTimeout - time.GetElapsedTime(startedAt);
            var patience = (left > TimeSpan.Zero ? left : TimeSpan.Zero) + GraceAfterDeadline;
            var stop = StopOneAsync(part.Component, patience, either.Token);
            await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCompletedSuccessfully)
            {
                LifecycleLog.StopFailed(logger, stop.Exception?.InnerException, part.Name);
            }
        }

        LifecycleLog.Stopped(logger, time.GetElapsedTime(startedAt).TotalMilliseconds, either.IsCancellationRequested);
    }

    // Wrapped, so that a part which cannot be made, or throws before its first await, fails its task and not the loop.
    private async Task StartOneAsync(ComponentRegistration registration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var component = registration.Factory(services);
        _started.Push((registration.Name, component));
        await component.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    // A part that ignores the deadline is left behind a little later, so that it cannot keep the process alive.
    private async Task StopOneAsync(ITraceraComponent component, TimeSpan patience, CancellationToken deadline) =>
        await component.StopAsync(deadline).WaitAsync(patience, time, CancellationToken.None).ConfigureAwait(false);
}
