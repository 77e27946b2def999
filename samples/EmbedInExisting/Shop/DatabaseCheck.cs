using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedInExisting;

/// <summary>Whether the shop's database can be opened.</summary>
internal sealed class DatabaseCheck(DbDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
