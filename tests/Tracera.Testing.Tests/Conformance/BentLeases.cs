namespace Tracera.Testing.Tests;

/// <summary>Leases with calls that a test bends; without, the inner one's.</summary>
internal sealed class BentLeases(IProviderLeases inner) : IProviderLeases
{
    public Func<TimeSpan, TimeSpan> Duration { get; init; } = duration => duration;

    public Func<ProviderLease?, ProviderLease?> Lease { get; init; } = lease => lease;

    public bool IgnoresRelease { get; init; }

    public async ValueTask<ProviderLease?> TryAcquireAsync(
        string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        Lease(await inner.TryAcquireAsync(provider, owner, now, Duration(duration), cancellationToken));

    public ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken) =>
        IgnoresRelease ? ValueTask.CompletedTask : inner.ReleaseAsync(lease, cancellationToken);
}
