namespace Tracera.Ingestion;

/// <summary>A batch on its way from a runner to the dispatcher.</summary>
/// <param name="Lease">The batch, with the reference that passes on with it.</param>
/// <param name="CreatedAt">The clock's timestamp at which it was made, for whoever looks on and holds no reference.</param>
internal readonly record struct PassedBatch(BatchLease Lease, long CreatedAt);
