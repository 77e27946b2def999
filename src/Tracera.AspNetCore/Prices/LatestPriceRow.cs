using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The latest price of an item at one source.</summary>
internal sealed record LatestPriceRow
{
    /// <summary>The item's number.</summary>
    [JsonPropertyName("item_id")]
    public required int ItemId { get; init; }

    /// <summary>The market.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The provider through which the market is asked.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; init; }

    /// <summary>The price, exact, in major units of `currency`.</summary>
    [JsonPropertyName("price")]
    public required decimal Price { get; init; }

    /// <summary>The currency's code.</summary>
    [JsonPropertyName("currency")]
    public required string Currency { get; init; }

    /// <summary>Units as the source counts them; null when unknown.</summary>
    [JsonPropertyName("volume")]
    public required decimal? Volume { get; init; }

    /// <summary>When the price held at the venue.</summary>
    [JsonPropertyName("observed_at")]
    public required DateTime ObservedAt { get; init; }

    /// <summary>When the price was read.</summary>
    [JsonPropertyName("received_at")]
    public required DateTime ReceivedAt { get; init; }
}
