using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.AspNetCore;

/// <summary>The result of one check.</summary>
internal sealed record HealthEntry
{
    /// <summary>Healthy, Degraded or Unhealthy.</summary>
    [JsonPropertyName("status")]
    [JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))]
    public required HealthStatus Status { get; init; }

    /// <summary>What the check says; null when it says nothing.</summary>
    [JsonPropertyName("description")]
    public required string? Description { get; init; }
}
