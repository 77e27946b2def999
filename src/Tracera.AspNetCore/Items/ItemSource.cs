using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The latest price of an item at one source.</summary>
internal sealed record ItemSource
{
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

    /// <summary>Units as `volume_kind` says; null when unknown.</summary>
    [JsonPropertyName("volume")]
    public required decimal? Volume { get; init; }

    /// <summary>What the volume counts: `traded`, `rolling_24h` or `stock`.</summary>
    [JsonPropertyName("volume_kind")]
    public required string VolumeKind { get; init; }

    /// <summary>When the price held at the venue.</summary>
    [JsonPropertyName("observed_at")]
    public required DateTime ObservedAt { get; init; }

    /// <summary>When the price was read.</summary>
    [JsonPropertyName("received_at")]
    public required DateTime ReceivedAt { get; init; }

    /// <summary>The price's change over 24 hours at this source, in percent; null when it is not known.</summary>
    [JsonPropertyName("change_24h")]
    public required double? Change24h { get; init; }

    public static ItemSource Of(SourcedTick price, IReadOnlyDictionary<SeriesKey, double?> changes) => new()
    {
        Source = price.Source.Name,
        Provider = price.Source.Provider,
        Price = price.Tick.Price,
        Currency = price.Source.Currency.Code,
        Volume = price.Tick.Volume,
        VolumeKind = VolumeKindName.Of(price.Source.VolumeKind),
        ObservedAt = ApiTime.Of(price.Tick.ObservedAt),
        ReceivedAt = ApiTime.Of(price.Tick.ReceivedAt),
        Change24h = changes.GetValueOrDefault(price.Tick.Series),
    };
}
