using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Redis;

/// <summary>Unhealthy while Redis is away; degraded while updates do not come in, or while it is being filled.</summary>
internal sealed class RedisReadiness(RedisState state, RefillState refill) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (state.Fault is { } fault)
        {
            return HealthCheckResult.Unhealthy($"Redis is away: {fault}");
        }

        if (state.Silence is { } silence)
        {
            return HealthCheckResult.Degraded($"The updates do not come in: {silence}");
        }

        return refill.IsComplete ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The latest prices are being read from the store.");
    }
}
