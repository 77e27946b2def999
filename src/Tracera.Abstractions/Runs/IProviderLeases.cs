namespace Tracera;

/// <summary>Decides which of several hosts on one store polls a provider.</summary>
/// <remarks>Thread-safe. A lease guards polling and the changes of runs, never the writing of ticks.</remarks>
public interface IProviderLeases
{
    /// <summary>Takes or renews the lease of a provider.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <param name="owner">The host instance.</param>
    /// <param name="now">The present.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease, or null while another host holds it.</returns>
    ValueTask<ProviderLease?> TryAcquireAsync(
        string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives a lease back, so that another host need not wait for its end.</summary>
    /// <param name="lease">The lease; one that is no longer held is ignored.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is given back.</returns>
    ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken);
}
