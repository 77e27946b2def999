namespace Tracera;

/// <summary>A reading of the ledger and the queues of this host.</summary>
/// <param name="Providers">A row for each provider, in order of name.</param>
/// <param name="Sinks">A row for each sink, in order of registration.</param>
/// <param name="Queues">The queues, upstream first.</param>
public sealed record PipelineSnapshot(
    IReadOnlyList<ProviderLedger> Providers,
    IReadOnlyList<SinkLedger> Sinks,
    IReadOnlyList<QueueStatus> Queues);
