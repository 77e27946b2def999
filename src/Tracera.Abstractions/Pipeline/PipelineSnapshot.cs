namespace Tracera;

/// <summary>A reading of the ledger and the queues of this host.</summary>
/// <param name="Providers">A row for each provider, in order of name.</param>
/// <param name="Sinks">A row for each sink, in order of registration.</param>
/// <param name="Queues">The queues, upstream first.</param>
public sealed record PipelineSnapshot(
    IReadOnlyList<ProviderLedger> Providers,
    IReadOnlyList<SinkLedger> Sinks,
    IReadOnlyList<QueueStatus> Queues)
{
    /// <summary>How the writes of each sink go, in order of registration.</summary>
    public IReadOnlyList<WriteStatus> Writes { get; init; } = [];

    /// <summary>The spools of the sinks that have one.</summary>
    public IReadOnlyList<SpoolStatus> Spools { get; init; } = [];
}
