using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Items in the order of one of their figures.</summary>
internal sealed record RankingAnswer
{
    /// <summary>The window: `1h`, `24h`, `7d` or `30d`.</summary>
    [JsonPropertyName("window")]
    public required string Window { get; init; }

    /// <summary>The figure that the items are ordered by.</summary>
    [JsonPropertyName("by")]
    public required string By { get; init; }

    /// <summary>The rows in the ranking's order, one for each item.</summary>
    [JsonPropertyName("items")]
    public required IReadOnlyList<RankingRow> Items { get; init; }

    /// <summary>Always null: a ranking has one page.</summary>
    [JsonPropertyName("next")]
    public string? Next => null;
}
