using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The prices of one series in one bucket of time. A bucket without a price has no bar.</summary>
internal sealed record BarRow
{
    /// <summary>The bucket's start.</summary>
    [JsonPropertyName("time")]
    public required DateTime Time { get; init; }

    /// <summary>The first price.</summary>
    [JsonPropertyName("open")]
    public required decimal Open { get; init; }

    /// <summary>The highest price.</summary>
    [JsonPropertyName("high")]
    public required decimal High { get; init; }

    /// <summary>The lowest price.</summary>
    [JsonPropertyName("low")]
    public required decimal Low { get; init; }

    /// <summary>The last price.</summary>
    [JsonPropertyName("close")]
    public required decimal Close { get; init; }

    /// <summary>The mean price.</summary>
    [JsonPropertyName("mean")]
    public required double Mean { get; init; }

    /// <summary>The sum of the traded units, or the last volume where the source counts in another way; null when unknown.</summary>
    [JsonPropertyName("volume")]
    public required decimal? Volume { get; init; }

    /// <summary>The number of observed prices.</summary>
    [JsonPropertyName("n")]
    public required long Count { get; init; }

    /// <summary>The Bollinger bands; only where `bands=true` asks for them.</summary>
    [JsonPropertyName("bands")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BarBands? Bands { get; init; }

    public static BarRow Of(Bar bar, BarBands? bands) => new()
    {
        Time = ApiTime.Of(bar.Start),
        Open = bar.Open,
        High = bar.High,
        Low = bar.Low,
        Close = bar.Close,
        Mean = bar.Mean,
        Volume = bar.Volume,
        Count = bar.Count,
        Bands = bands,
    };
}
