namespace Tracera.Postgres;

/// <summary>Leases in the database, each with a token that rises with every change of its holder.</summary>
internal sealed class PostgresProviderLeases(PostgresDatabase database) : IProviderLeases
{
    // A renewal of a lease that is still held keeps its token; any other taking raises it.
    private readonly string _acquire = database.Sql(
        """
        INSERT INTO {schema}.lease AS held (provider, owner, token, expires_at) VALUES ($1, $2, 1, $4)
        ON CONFLICT (provider) DO UPDATE SET
            token = held.token + (NOT (held.owner = $2 AND held.expires_at > $3))::int, owner = $2, expires_at = $4
        WHERE held.owner = $2 OR held.expires_at <= $3
        RETURNING token
        """);

    private readonly string _release = database.Sql(
        "UPDATE {schema}.lease SET expires_at = 'epoch' WHERE provider = $1 AND owner = $2 AND token = $3");

    public async ValueTask<ProviderLease?> TryAcquireAsync(
        string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        var until = now + duration;
        var tokens = await database
            .QueryAsync(_acquire, static row => row.GetInt64(0), cancellationToken, provider, owner, now, until).ConfigureAwait(false);
        return tokens.Count == 0 ? null : new ProviderLease(provider, owner, tokens[0], until);
    }

    public async ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await database.ExecuteAsync(_release, cancellationToken, lease.Provider, lease.Owner, lease.Token).ConfigureAwait(false);
    }
}
