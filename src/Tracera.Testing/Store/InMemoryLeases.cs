namespace Tracera.Testing;

/// <summary>Leases in memory.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class InMemoryLeases : IProviderLeases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProviderLease> _leases = [];

    /// <inheritdoc/>
    public ValueTask<ProviderLease?> TryAcquireAsync(
        string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var known = _leases.GetValueOrDefault(provider);
            if (known is not null && known.Owner != owner && known.ExpiresAt > now)
            {
                return new((ProviderLease?)null);
            }

            var token = known is null ? 1 : known.Owner == owner ? known.Token : known.Token + 1;
            return new(_leases[provider] = new ProviderLease(provider, owner, token, now + duration));
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            if (_leases.TryGetValue(lease.Provider, out var known) && known.Owner == lease.Owner && known.Token == lease.Token)
            {
                // The entry stays, so that tokens go on rising.
                _leases[lease.Provider] = known with { ExpiresAt = DateTimeOffset.MinValue };
            }
        }

        return ValueTask.CompletedTask;
    }
}
