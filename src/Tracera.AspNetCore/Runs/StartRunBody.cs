using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>What a run shall ask. Everything is optional, the body itself too.</summary>
internal sealed record StartRunBody
{
    /// <summary>The providers' names; null, absent or empty for all that are enabled.</summary>
    [JsonPropertyName("providers")]
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>With `to`: the range of the past that is wanted (a backfill). ISO 8601.</summary>
    [JsonPropertyName("from")]
    public string? From { get; init; }

    /// <summary>The end of the range, excluded. ISO 8601.</summary>
    [JsonPropertyName("to")]
    public string? To { get; init; }
}
