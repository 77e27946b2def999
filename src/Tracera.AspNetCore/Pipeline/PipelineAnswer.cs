using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A reading of the ledger and the queues of this host.</summary>
internal sealed record PipelineAnswer
{
    /// <summary>A row for each provider, in order of name.</summary>
    [JsonPropertyName("providers")]
    public required IReadOnlyList<ProviderLedgerRow> Providers { get; init; }

    /// <summary>A row for each sink, in order of registration.</summary>
    [JsonPropertyName("sinks")]
    public required IReadOnlyList<SinkLedgerRow> Sinks { get; init; }

    /// <summary>The queues, upstream first.</summary>
    [JsonPropertyName("queues")]
    public required IReadOnlyList<QueueRow> Queues { get; init; }

    /// <summary>How the writes of each sink go, in order of registration.</summary>
    [JsonPropertyName("writes")]
    public required IReadOnlyList<WriteRow> Writes { get; init; }

    /// <summary>The spools of the sinks that have one.</summary>
    [JsonPropertyName("spools")]
    public required IReadOnlyList<SpoolRow> Spools { get; init; }

    /// <summary>How many clients are connected to this host now; null where it has no hub.</summary>
    [JsonPropertyName("clients")]
    public required int? Clients { get; init; }
}
