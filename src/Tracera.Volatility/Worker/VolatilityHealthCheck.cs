using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Volatility.Worker;

/// <summary>Degraded while figures are not up to date; never unhealthy, because prices flow without them.</summary>
internal sealed class VolatilityHealthCheck(WorkerState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Fault is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy("Figures are up to date."));
}
