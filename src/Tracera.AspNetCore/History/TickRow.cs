using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A price as it was observed.</summary>
internal sealed record TickRow
{
    /// <summary>The item's number.</summary>
    [JsonPropertyName("item_id")]
    public required int ItemId { get; init; }

    /// <summary>The market.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

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

    public static TickRow Of(SourcedTick tick) => new()
    {
        ItemId = tick.Tick.Item.Value,
        Source = tick.Source.Name,
        Price = tick.Tick.Price,
        Currency = tick.Source.Currency.Code,
        Volume = tick.Tick.Volume,
        ObservedAt = ApiTime.Of(tick.Tick.ObservedAt),
        ReceivedAt = ApiTime.Of(tick.Tick.ReceivedAt),
    };
}
