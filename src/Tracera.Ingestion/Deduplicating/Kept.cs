namespace Tracera.Ingestion;

/// <summary>The last price that was let through under a key or in a series.</summary>
internal readonly record struct Kept(decimal Price, decimal? Volume, long ObservedAt, long ReceivedAt);
