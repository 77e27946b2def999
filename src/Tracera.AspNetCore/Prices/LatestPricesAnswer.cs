using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The latest prices of the items that were asked for.</summary>
internal sealed record LatestPricesAnswer
{
    /// <summary>A row for each source of each item, ordered by item; unknown items and items without a price have none.</summary>
    [JsonPropertyName("items")]
    public required IReadOnlyList<LatestPriceRow> Items { get; init; }

    /// <summary>Whether the store answered because the live cache was away, or the other way round.</summary>
    [JsonPropertyName("stale")]
    public required bool Stale { get; init; }

    /// <summary>Where a live subscription goes on from (`since`); null when there is no live stream.</summary>
    [JsonPropertyName("position")]
    public required string? Position { get; init; }
}
