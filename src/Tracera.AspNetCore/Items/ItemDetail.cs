using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>One item with the latest price of each source.</summary>
internal sealed record ItemDetail
{
    /// <summary>The item's number.</summary>
    [JsonPropertyName("id")]
    public required int Id { get; init; }

    /// <summary>The item's name within its category.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The catalogue's division.</summary>
    [JsonPropertyName("category")]
    public required string Category { get; init; }

    /// <summary>The sources that have a price.</summary>
    [JsonPropertyName("sources")]
    public required IReadOnlyList<ItemSource> Sources { get; init; }
}
