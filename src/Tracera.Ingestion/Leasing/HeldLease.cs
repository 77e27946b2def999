namespace Tracera.Ingestion;

/// <summary>A lease that this host holds.</summary>
internal sealed class HeldLease(ProviderLease lease, CancellationTokenSource lost)
{
    /// <summary>The lease as it was last renewed.</summary>
    public ProviderLease Lease { get; set; } = lease;

    /// <summary>Cancelled when another host has taken it.</summary>
    public CancellationTokenSource Lost { get; } = lost;
}
