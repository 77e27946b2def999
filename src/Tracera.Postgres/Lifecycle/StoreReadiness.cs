using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Ready when the schema is right and the server answers. What it says is public; the exception beside it is for the log.</summary>
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
            return HealthCheckResult.Unhealthy(What(fault), fault);
        }
    }

    // Whoever may ask gets neither the server's address nor its words.
    private static string What(Exception fault) => fault switch
    {
        MigrationException own => own.Message,
        PostgresException { SqlState: var state } => $"The store refuses ({state}); the log says why.",
        NpgsqlException { InnerException: { } inner } when inner is MigrationException or PostgresException => What(inner),
        _ => "The store does not answer; the log says why.",
    };

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
