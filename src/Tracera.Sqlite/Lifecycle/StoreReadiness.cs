using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Sqlite;

/// <summary>Ready when the store is open, its file stands in its folder, and it answers. What it says is public; the exception beside it is for the log.</summary>
internal sealed class StoreReadiness(SqliteDatabase database, StoreFiles files) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!database.IsOpen)
        {
            return HealthCheckResult.Unhealthy("The store is not open.");
        }

        if (!files.IsThere)
        {
            return HealthCheckResult.Unhealthy(
                "The store's file is gone from the data folder: put it back, or restart the host to begin a new one.", new FileNotFoundException(null, files.Database));
        }

        try
        {
            await database.ReadAsync(static session => session.Statement("SELECT 1 FROM chunks LIMIT 1").Scalar(), cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (SqliteException fault)
        {
            return HealthCheckResult.Unhealthy($"The store does not answer ({fault.SqliteErrorCode}); the log says why.", fault);
        }
    }
}
