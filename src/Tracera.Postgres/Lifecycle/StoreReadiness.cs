using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Ready when the schema is right and the server answers.</summary>
internal sealed class StoreReadiness(PostgresDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await AskAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault))
        {
            return HealthCheckResult.Unhealthy($"The store does not answer: {fault.Message}");
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = new NpgsqlCommand("SELECT 1", connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
