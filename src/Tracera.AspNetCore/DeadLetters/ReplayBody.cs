using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Which dead letters shall be replayed. Everything is optional, the body itself too.</summary>
internal sealed record ReplayBody
{
    /// <summary>Their numbers, at most 1,000; null, absent or empty for the newest 1,000.</summary>
    [JsonPropertyName("ids")]
    public IReadOnlyList<long>? Ids { get; init; }
}
