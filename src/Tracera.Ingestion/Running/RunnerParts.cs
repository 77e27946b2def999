namespace Tracera.Ingestion;

/// <summary>What the cycles of one runner work with.</summary>
internal sealed record RunnerParts(
    IngestionOptions Options,
    PriceChecks Checks,
    Deduplicator Deduplicator,
    IngestChannel Channel,
    RunTracker Tracker,
    OwnThreads Threads,
    TimeProvider Time);
