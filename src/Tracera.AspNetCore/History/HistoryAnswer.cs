using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A page of the bars of one series, oldest first.</summary>
internal sealed record HistoryAnswer
{
    /// <summary>The item's number.</summary>
    [JsonPropertyName("item_id")]
    public required int ItemId { get; init; }

    /// <summary>The market that was read; null while the item has no price.</summary>
    [JsonPropertyName("source")]
    public required string? Source { get; init; }

    /// <summary>The provider through which the market is asked.</summary>
    [JsonPropertyName("provider")]
    public required string? Provider { get; init; }

    /// <summary>The currency of the prices.</summary>
    [JsonPropertyName("currency")]
    public required string? Currency { get; init; }

    /// <summary>The width of a bar: `1m`, `15m`, `1h`, `6h`, `1d` or `7d`.</summary>
    [JsonPropertyName("resolution")]
    public required string Resolution { get; init; }

    /// <summary>The range's first instant.</summary>
    [JsonPropertyName("from")]
    public required DateTime From { get; init; }

    /// <summary>The range's end, excluded.</summary>
    [JsonPropertyName("to")]
    public required DateTime To { get; init; }

    /// <summary>The bars of this page.</summary>
    [JsonPropertyName("items")]
    public required IReadOnlyList<BarRow> Items { get; init; }

    /// <summary>Hand it back as `cursor` for the page after this one; null at the end.</summary>
    [JsonPropertyName("next")]
    public required string? Next { get; init; }
}
