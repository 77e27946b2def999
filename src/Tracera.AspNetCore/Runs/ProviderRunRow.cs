using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>One provider's part in a run. When it has ended: fetched = rejected + deduplicated + accepted + lost, where a completed one lost nothing.</summary>
internal sealed record ProviderRunRow
{
    /// <summary>The provider's name.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; init; }

    /// <summary>Running until every price has an outcome.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
    public required RunState State { get; init; }

    /// <summary>Rows that the provider answered, rejected ones included.</summary>
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

    /// <summary>Prices that the durable store has taken, in whatever way.</summary>
    [JsonPropertyName("accepted")]
    public required long Accepted { get; init; }

    /// <summary>New rows in the store.</summary>
    [JsonPropertyName("stored")]
    public required long Stored { get; init; }

    /// <summary>Rows in the store that a later receipt replaced.</summary>
    [JsonPropertyName("corrected")]
    public required long Corrected { get; init; }

    /// <summary>Prices that the store refused for good.</summary>
    [JsonPropertyName("dead_lettered")]
    public required long DeadLettered { get; init; }

    /// <summary>Why it failed, for a person; null otherwise.</summary>
    [JsonPropertyName("error")]
    public required string? Error { get; init; }

    /// <summary>When its cycle began.</summary>
    [JsonPropertyName("started_at")]
    public required DateTime StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [JsonPropertyName("finished_at")]
    public required DateTime? FinishedAt { get; init; }

    public static ProviderRunRow Of(ProviderRunRecord row) => new()
    {
        Provider = row.Provider,
        State = row.State,
        Fetched = row.Fetched,
        Rejected = row.Rejected,
        RejectedBy = row.RejectedBy,
        Deduplicated = row.Deduplicated,
        Accepted = row.Accepted,
        Stored = row.Stored,
        Corrected = row.Corrected,
        DeadLettered = row.DeadLettered,
        Error = row.Error,
        StartedAt = ApiTime.Of(row.StartedAt),
        FinishedAt = ApiTime.Of(row.FinishedAt),
    };
}
