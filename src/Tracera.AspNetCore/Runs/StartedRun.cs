using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A run that was started; its address is in the Location header.</summary>
internal sealed record StartedRun
{
    /// <summary>The run's id.</summary>
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    /// <summary>The providers in it.</summary>
    [JsonPropertyName("started")]
    public required IReadOnlyList<string> Started { get; init; }

    /// <summary>The providers left out because they are running already.</summary>
    [JsonPropertyName("skipped")]
    public required IReadOnlyList<string> Skipped { get; init; }
}
