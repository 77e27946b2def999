namespace Tracera.Ingestion;

/// <summary>A batch that waits in a queue.</summary>
/// <param name="Lease">The batch.</param>
/// <param name="Number">Names it where its series are followed; 0 where they are not.</param>
/// <param name="Newest">How many of its series have no newer tick in a later batch, as far as that is known; void where they are not followed.</param>
internal record struct WaitingBatch(BatchLease Lease, long Number = 0, int Newest = 0);
