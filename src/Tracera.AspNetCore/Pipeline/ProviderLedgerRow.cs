using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>What became of the rows of one provider since the host started: fetched = rejected + deduplicated + dispatched + lost whenever it is quiet.</summary>
internal sealed record ProviderLedgerRow
{
    /// <summary>The provider's name.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; init; }

    /// <summary>Rows that it answered, rejected ones included.</summary>
    [JsonPropertyName("fetched")]
    public required long Fetched { get; init; }

    /// <summary>Rows that were not taken.</summary>
    [JsonPropertyName("rejected")]
    public required long Rejected { get; init; }

    /// <summary>The rejected rows by reason.</summary>
    [JsonPropertyName("rejected_by")]
    public required IReadOnlyDictionary<string, long> RejectedBy { get; init; }

    /// <summary>Rows that repeat an earlier one.</summary>
    [JsonPropertyName("deduplicated")]
    public required long Deduplicated { get; init; }

    /// <summary>Prices that went to the sinks.</summary>
    [JsonPropertyName("dispatched")]
    public required long Dispatched { get; init; }

    /// <summary>Rows that were given up before they were dispatched.</summary>
    [JsonPropertyName("lost")]
    public required long Lost { get; init; }

    public static ProviderLedgerRow Of(ProviderLedger ledger) => new()
    {
        Provider = ledger.Provider,
        Fetched = ledger.Fetched,
        Rejected = ledger.Rejected,
        RejectedBy = ledger.RejectedBy,
        Deduplicated = ledger.Deduplicated,
        Dispatched = ledger.Dispatched,
        Lost = ledger.Lost,
    };
}
