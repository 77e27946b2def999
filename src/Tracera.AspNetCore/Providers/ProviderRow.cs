using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The state of one provider on this host.</summary>
internal sealed record ProviderRow
{
    /// <summary>The provider's name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>What it is doing.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(JsonStringEnumConverter<ProviderState>))]
    public required ProviderState State { get; init; }

    /// <summary>The time between the starts of its cycles, in seconds.</summary>
    [JsonPropertyName("interval_seconds")]
    public required double IntervalSeconds { get; init; }

    /// <summary>When its last cycle began; null before the first.</summary>
    [JsonPropertyName("last_started_at")]
    public required DateTime? LastStartedAt { get; init; }

    /// <summary>When its last successful cycle ended; null before the first.</summary>
    [JsonPropertyName("last_success_at")]
    public required DateTime? LastSuccessAt { get; init; }

    /// <summary>The time since the last success, in seconds; null before the first.</summary>
    [JsonPropertyName("staleness_seconds")]
    public required double? StalenessSeconds { get; init; }

    /// <summary>Why its last cycle failed; null after a success.</summary>
    [JsonPropertyName("last_error")]
    public required string? LastError { get; init; }

    /// <summary>When it is due; null while it is switched off.</summary>
    [JsonPropertyName("next_run_at")]
    public required DateTime? NextRunAt { get; init; }

    /// <summary>Failed cycles since the last success.</summary>
    [JsonPropertyName("consecutive_failures")]
    public required int ConsecutiveFailures { get; init; }

    /// <summary>The circuit towards the venue: `closed`, `open` or `half_open`; null where the provider has none.</summary>
    [JsonPropertyName("circuit")]
    public required string? Circuit { get; init; }

    /// <summary>Requests that the rate limit still allows now; null where there is no limit.</summary>
    [JsonPropertyName("budget_left")]
    public required long? BudgetLeft { get; init; }

    public static ProviderRow Of(ProviderStatus status, DateTimeOffset now) => new()
    {
        Name = status.Name,
        State = status.State,
        IntervalSeconds = status.Interval.TotalSeconds,
        LastStartedAt = ApiTime.Of(status.LastStartedAt),
        LastSuccessAt = ApiTime.Of(status.LastSuccessAt),
        StalenessSeconds = (now - status.LastSuccessAt)?.TotalSeconds,
        LastError = status.LastError,
        NextRunAt = ApiTime.Of(status.NextRunAt),
        ConsecutiveFailures = status.ConsecutiveFailures,
        Circuit = status.Circuit,
        BudgetLeft = status.BudgetLeft,
    };
}
