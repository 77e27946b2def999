namespace Tracera.Sqlite;

/// <summary>Leases in the store's file. The folder has one process, so those of earlier processes are free as soon as it is opened.</summary>
internal sealed class SqliteProviderLeases(SqliteDatabase database) : IProviderLeases
{
    public async ValueTask<ProviderLease?> TryAcquireAsync(
        string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        var until = now + duration;
        var token = await database
            .TransactAsync(session => Acquire(session, provider, owner, UnixTime.ToMicroseconds(now), UnixTime.ToMicroseconds(until)), cancellationToken)
            .ConfigureAwait(false);
        return token is { } taken ? new ProviderLease(provider, owner, taken, until) : null;
    }

    public async ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await database.TransactAsync(session => Release(session, lease), cancellationToken).ConfigureAwait(false);
    }

    // A renewal of a lease that is still held keeps its token; any other taking raises it.
    private static long? Acquire(SqliteSession session, string provider, string owner, long now, long until) => session
        .Statement(
            """
            INSERT INTO leases (provider, owner, token, expires_at) VALUES (?1, ?2, 1, ?4)
            ON CONFLICT (provider) DO UPDATE SET
                token = token + (NOT (owner = ?2 AND expires_at > ?3)), owner = ?2, expires_at = ?4
            WHERE owner = ?2 OR expires_at <= ?3
            RETURNING token
            """)
        .Bind(1, provider)
        .Bind(2, owner)
        .Bind(3, now)
        .Bind(4, until)
        .Scalar();

    private static int Release(SqliteSession session, ProviderLease lease) => session
        .Statement("UPDATE leases SET expires_at = 0 WHERE provider = ?1 AND owner = ?2 AND token = ?3")
        .Bind(1, lease.Provider)
        .Bind(2, lease.Owner)
        .Bind(3, lease.Token)
        .Execute();
}
