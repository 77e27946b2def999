using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A price that a sink refused for good.</summary>
internal sealed record DeadLetterRow
{
    /// <summary>The store's number for it.</summary>
    [JsonPropertyName("id")]
    public required long Id { get; init; }

    /// <summary>The sink that refused it.</summary>
    [JsonPropertyName("sink")]
    public required string Sink { get; init; }

    /// <summary>The run it came with.</summary>
    [JsonPropertyName("run_id")]
    public required Guid RunId { get; init; }

    /// <summary>The provider it came from.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; init; }

    /// <summary>The item's number.</summary>
    [JsonPropertyName("item_id")]
    public required int ItemId { get; init; }

    /// <summary>The market; null when the catalogue does not know it.</summary>
    [JsonPropertyName("source")]
    public required string? Source { get; init; }

    /// <summary>The price, exact, in major units of `currency`.</summary>
    [JsonPropertyName("price")]
    public required decimal Price { get; init; }

    /// <summary>The currency's code; null when the catalogue does not know the source.</summary>
    [JsonPropertyName("currency")]
    public required string? Currency { get; init; }

    /// <summary>Units as the source counts them; null when unknown.</summary>
    [JsonPropertyName("volume")]
    public required decimal? Volume { get; init; }

    /// <summary>When the price held at the venue.</summary>
    [JsonPropertyName("observed_at")]
    public required DateTime ObservedAt { get; init; }

    /// <summary>When the price was read.</summary>
    [JsonPropertyName("received_at")]
    public required DateTime ReceivedAt { get; init; }

    /// <summary>Why, as a short code.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>The target's own words.</summary>
    [JsonPropertyName("detail")]
    public required string? Detail { get; init; }

    /// <summary>When it was refused.</summary>
    [JsonPropertyName("at")]
    public required DateTime At { get; init; }

    public static DeadLetterRow Of(DeadLetter letter, Source? source) => new()
    {
        Id = letter.Id,
        Sink = letter.Sink,
        RunId = letter.RunId.Value,
        Provider = letter.Provider,
        ItemId = letter.Tick.Item.Value,
        Source = source?.Name,
        Price = letter.Tick.Price,
        Currency = source?.Currency.Code,
        Volume = letter.Tick.Volume,
        ObservedAt = ApiTime.Of(letter.Tick.ObservedAt),
        ReceivedAt = ApiTime.Of(letter.Tick.ReceivedAt),
        Reason = letter.Reason,
        Detail = letter.Detail,
        At = ApiTime.Of(letter.At),
    };
}
