namespace Tracera.Ingestion;

/// <summary>What the cycles of one runner work with.</summary>
internal sealed record RunnerParts(
    IngestionOptions Options,
    PriceChecks Checks,
    Deduplicator Deduplicator,
    BatchPublisher Publisher,
    OwnThreads Threads,
    TimeProvider Time);
