using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>One firing of the scheduler.</summary>
internal sealed record RunRow
{
    /// <summary>The run's id; later runs sort after earlier ones.</summary>
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    /// <summary>Completed when every provider's part is; otherwise Failed.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
    public required RunState State { get; init; }

    /// <summary>Why it was started.</summary>
    [JsonPropertyName("trigger")]
    [JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
    public required RunTrigger Trigger { get; init; }

    /// <summary>When it began.</summary>
    [JsonPropertyName("started_at")]
    public required DateTime StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [JsonPropertyName("finished_at")]
    public required DateTime? FinishedAt { get; init; }

    /// <summary>What failed, for a person; null otherwise.</summary>
    [JsonPropertyName("error")]
    public required string? Error { get; init; }

    /// <summary>A row for each provider of the run.</summary>
    [JsonPropertyName("providers")]
    public required IReadOnlyList<ProviderRunRow> Providers { get; init; }

    public static RunRow Of(RunRecord run) => new()
    {
        Id = run.Id.Value,
        State = run.State,
        Trigger = run.Trigger,
        StartedAt = ApiTime.Of(run.StartedAt),
        FinishedAt = ApiTime.Of(run.FinishedAt),
        Error = run.Error,
        Providers = [.. run.Providers.Select(ProviderRunRow.Of)],
    };
}
