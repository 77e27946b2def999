namespace Tracera;

/// <summary>How one sink's writes go, for a store the latency of its commits.</summary>
/// <param name="Sink">The sink's registered name.</param>
/// <param name="Batches">Successful writes since the host started.</param>
/// <param name="Failures">Failed writes since the host started.</param>
/// <param name="Last">How long the last successful write took; null before the first.</param>
/// <param name="Median">The median over the last 256 successful writes; null before the first.</param>
/// <param name="P99">The time within which 99% of those ended; null before the first.</param>
public sealed record WriteStatus(string Sink, long Batches, long Failures, TimeSpan? Last, TimeSpan? Median, TimeSpan? P99);
