using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>An item in a list, with its newest price.</summary>
internal sealed record ItemRow
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

    /// <summary>The market that has the newest price; null without a price.</summary>
    [JsonPropertyName("source")]
    public required string? Source { get; init; }

    /// <summary>The newest price, exact, in major units of `currency`; null without one.</summary>
    [JsonPropertyName("price")]
    public required decimal? Price { get; init; }

    /// <summary>The currency's code; null without a price.</summary>
    [JsonPropertyName("currency")]
    public required string? Currency { get; init; }

    /// <summary>When the price held at the venue; null without a price.</summary>
    [JsonPropertyName("observed_at")]
    public required DateTime? ObservedAt { get; init; }

    /// <summary>The price's change over 24 hours at this source, in percent; null when it is not known.</summary>
    [JsonPropertyName("change_24h")]
    public required double? Change24h { get; init; }

    public static ItemRow Of(Item item, SourcedTick? price, IReadOnlyDictionary<SeriesKey, double?> changes) => new()
    {
        Id = item.Id.Value,
        Name = item.Name,
        Category = item.Category,
        Source = price?.Source.Name,
        Price = price?.Tick.Price,
        Currency = price?.Source.Currency.Code,
        ObservedAt = ApiTime.Of(price?.Tick.ObservedAt),
        Change24h = price is { } known ? changes.GetValueOrDefault(known.Tick.Series) : null,
    };
}
