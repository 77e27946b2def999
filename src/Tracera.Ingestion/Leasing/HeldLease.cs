namespace Tracera.Ingestion;

/// <summary>A lease that this host holds.</summary>
internal sealed class HeldLease(ProviderLease lease, CancellationToken stopping)
{
    /// <summary>The lease as it was last renewed.</summary>
    public ProviderLease Lease { get; set; } = lease;

    /// <summary>Cancelled when another host has taken it, or this one stops.</summary>
    public CancellationTokenSource Over { get; } = CancellationTokenSource.CreateLinkedTokenSource(stopping);
}
