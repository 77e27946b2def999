using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.AspNetCore;

/// <summary>The worst status of all checks, and each of them.</summary>
internal sealed record HealthAnswer
{
    /// <summary>Healthy, Degraded or Unhealthy.</summary>
    [JsonPropertyName("status")]
    [JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))]
    public required HealthStatus Status { get; init; }

    /// <summary>The checks by name.</summary>
    [JsonPropertyName("entries")]
    public required IReadOnlyDictionary<string, HealthEntry> Entries { get; init; }
}
