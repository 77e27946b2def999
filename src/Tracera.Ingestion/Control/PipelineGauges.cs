using System.Diagnostics.Metrics;

namespace Tracera.Ingestion;

/// <summary>The instruments that are read from the ledger and the queues.</summary>
internal sealed class PipelineGauges(IMeterFactory meters, IIngestionControl control, RunJournal journal) : ITraceraComponent
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(TraceraTelemetry.MeterName);
        meter.CreateObservableCounter(IngestionMeters.Rows, () => control.GetPipeline().Providers.SelectMany(Rows), "{row}");
        meter.CreateObservableCounter(IngestionMeters.Rejected, () => control.GetPipeline().Providers.SelectMany(Rejected), "{row}");
        meter.CreateObservableCounter(IngestionMeters.SinkTicks, () => control.GetPipeline().Sinks.SelectMany(Ticks), "{tick}");
        meter.CreateObservableGauge(
            IngestionMeters.SinkBuffered, () => control.GetPipeline().Sinks.Select(sink => Of(sink.Buffered, "sink", sink.Sink)), "{tick}");
        meter.CreateObservableGauge(
            IngestionMeters.QueueDepth, () => control.GetPipeline().Queues.Select(queue => Of((long)queue.Depth, "queue", queue.Name)), "{batch}");
        meter.CreateObservableGauge(
            IngestionMeters.QueueAge, () => control.GetPipeline().Queues.Select(queue => Of(queue.OldestAge.TotalSeconds, "queue", queue.Name)), "s");
        meter.CreateObservableGauge(IngestionMeters.SpoolBytes, () => control.GetPipeline().Spools.Select(spool => Of(spool.Bytes, "sink", spool.Sink)), "By");
        meter.CreateObservableGauge(IngestionMeters.SpoolTicks, () => control.GetPipeline().Spools.Select(spool => Of(spool.Ticks, "sink", spool.Sink)), "{tick}");
        meter.CreateObservableGauge(IngestionMeters.JournalDepth, () => journal.Depth, "{change}");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Measurement<long>> Rows(ProviderLedger ledger) =>
    [
        Of(ledger.Fetched, "provider", ledger.Provider, "outcome", "fetched"),
        Of(ledger.Rejected, "provider", ledger.Provider, "outcome", "rejected"),
        Of(ledger.Deduplicated, "provider", ledger.Provider, "outcome", "deduplicated"),
        Of(ledger.Dispatched, "provider", ledger.Provider, "outcome", "dispatched"),
        Of(ledger.Lost, "provider", ledger.Provider, "outcome", "lost"),
    ];

    private static IEnumerable<Measurement<long>> Rejected(ProviderLedger ledger) =>
        ledger.RejectedBy.Select(reason => Of(reason.Value, "provider", ledger.Provider, "reason", reason.Key));

    private static IEnumerable<Measurement<long>> Ticks(SinkLedger ledger) =>
    [
        Of(ledger.Offered, "sink", ledger.Sink, "outcome", "offered"),
        Of(ledger.Written, "sink", ledger.Sink, "outcome", "written"),
        Of(ledger.Duplicate, "sink", ledger.Sink, "outcome", "duplicate"),
        Of(ledger.Corrected, "sink", ledger.Sink, "outcome", "corrected"),
        Of(ledger.Conflated, "sink", ledger.Sink, "outcome", "conflated"),
        Of(ledger.DeadLettered, "sink", ledger.Sink, "outcome", "dead_lettered"),
        Of(ledger.Lost, "sink", ledger.Sink, "outcome", "lost"),
    ];

    private static Measurement<T> Of<T>(T value, string key, string name)
        where T : struct => new(value, new KeyValuePair<string, object?>(key, name));

    private static Measurement<long> Of(long value, string key, string name, string secondKey, string second) =>
        new(value, new KeyValuePair<string, object?>(key, name), new KeyValuePair<string, object?>(secondKey, second));
}
