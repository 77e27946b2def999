namespace Tracera.Ingestion;

/// <summary>A lease that this host holds.</summary>
internal sealed class HeldLease
{
    private readonly CancellationTokenSource _over;

    public HeldLease(ProviderLease lease, CancellationToken stopping)
    {
        (Lease, _over) = (lease, CancellationTokenSource.CreateLinkedTokenSource(stopping));
        Over = _over.Token;
    }

    /// <summary>The lease as it was last renewed.</summary>
    public ProviderLease Lease { get; set; }

    /// <summary>Cancelled when another host has taken it, or this one stops.</summary>
    public CancellationToken Over { get; }

    /// <summary>Another host has taken it.</summary>
    public async Task LoseAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);

        // Else the token of the host's stop would know it for as long as the host runs.
        _over.Dispose();
    }
}
