namespace Tracera.Ingestion;

/// <summary>The names of the instruments of the ingestion, on the meter <see cref="TraceraTelemetry.MeterName"/>.</summary>
public static class IngestionMeters
{
    /// <summary>Rows by <c>provider</c> and <c>outcome</c> (fetched, rejected, deduplicated, dispatched, lost): a counter.</summary>
    public const string Rows = "tracera.ingestion.rows";

    /// <summary>Rejected rows by <c>provider</c> and <c>reason</c>: a counter.</summary>
    public const string Rejected = "tracera.ingestion.rejected";

    /// <summary>Ticks by <c>sink</c> and <c>outcome</c> (offered, written, duplicate, corrected, conflated, dead_lettered, lost): a counter.</summary>
    public const string SinkTicks = "tracera.ingestion.sink.ticks";

    /// <summary>Ticks that wait for a sink, by <c>sink</c>: a gauge.</summary>
    public const string SinkBuffered = "tracera.ingestion.sink.buffered";

    /// <summary>Batches in a queue, by <c>queue</c>: a gauge.</summary>
    public const string QueueDepth = "tracera.ingestion.queue.depth";

    /// <summary>The age of the oldest batch of a queue in seconds, by <c>queue</c>: a gauge.</summary>
    public const string QueueAge = "tracera.ingestion.queue.age";

    /// <summary>How long a cycle took in seconds, by <c>provider</c> and <c>outcome</c> (completed, failed): a histogram.</summary>
    public const string CycleDuration = "tracera.ingestion.cycle.duration";

    /// <summary>Cycles that could not be started, by <c>provider</c>: a counter.</summary>
    public const string CyclesSkipped = "tracera.ingestion.cycles.skipped";

    /// <summary>How long a successful write took in seconds, by <c>sink</c>: a histogram.</summary>
    public const string WriteDuration = "tracera.ingestion.sink.write.duration";

    /// <summary>Ticks in a written batch, by <c>sink</c>: a histogram.</summary>
    public const string BatchTicks = "tracera.ingestion.sink.batch.ticks";

    /// <summary>Failed writes, by <c>sink</c> and <c>failure</c> (transient, permanent, misconfigured): a counter.</summary>
    public const string WriteFailures = "tracera.ingestion.sink.write.failures";

    /// <summary>Bytes that a sink's spool takes of the disk, by <c>sink</c>: a gauge.</summary>
    public const string SpoolBytes = "tracera.ingestion.spool.bytes";

    /// <summary>Ticks in a sink's spool, by <c>sink</c>: a gauge.</summary>
    public const string SpoolTicks = "tracera.ingestion.spool.ticks";

    /// <summary>Changes of runs that wait for the store: a gauge.</summary>
    public const string JournalDepth = "tracera.ingestion.journal.depth";
}
