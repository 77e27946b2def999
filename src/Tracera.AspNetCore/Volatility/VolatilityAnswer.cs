using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The figures of one series in one window; a figure that does not exist is null. Metrics that an app added stand beside the others.</summary>
internal sealed record VolatilityAnswer
{
    /// <summary>The item's number.</summary>
    [JsonPropertyName("item_id")]
    public required int ItemId { get; init; }

    /// <summary>The window: `1h`, `24h`, `7d` or `30d`.</summary>
    [JsonPropertyName("window")]
    public required string Window { get; init; }

    /// <summary>The market; null while the item has no price.</summary>
    [JsonPropertyName("source")]
    public required string? Source { get; init; }

    /// <summary>The provider through which the market is asked.</summary>
    [JsonPropertyName("provider")]
    public required string? Provider { get; init; }

    /// <summary>The currency of the prices.</summary>
    [JsonPropertyName("currency")]
    public required string? Currency { get; init; }

    /// <summary>The number of observed prices in the window.</summary>
    [JsonPropertyName("n")]
    public required long Count { get; init; }

    /// <summary>The mean price.</summary>
    [JsonPropertyName("mean")]
    public required double? Mean { get; init; }

    /// <summary>The population standard deviation of the prices.</summary>
    [JsonPropertyName("stddev")]
    public required double? StdDev { get; init; }

    /// <summary>The bands.</summary>
    [JsonPropertyName("bollinger")]
    public required BollingerFigures Bollinger { get; init; }

    /// <summary>The change from the window's first price to its last, in percent.</summary>
    [JsonPropertyName("percent_change")]
    public required double? PercentChange { get; init; }

    /// <summary>The coefficient of variation: standard deviation over mean.</summary>
    [JsonPropertyName("cov")]
    public required double? Cov { get; init; }

    /// <summary>The least-squares slope of the price over time, in percent of the mean per hour.</summary>
    [JsonPropertyName("trend_score")]
    public required double? TrendScore { get; init; }

    /// <summary>The coefficient of determination of the trend.</summary>
    [JsonPropertyName("trend_r2")]
    public required double? TrendR2 { get; init; }

    /// <summary>The annualised sample standard deviation of the log returns between buckets.</summary>
    [JsonPropertyName("log_return_vol")]
    public required double? LogReturnVol { get; init; }

    /// <summary>The annualised volatility by exponentially weighted log returns between buckets (RiskMetrics, 0.94).</summary>
    [JsonPropertyName("ewma_vol")]
    public required double? EwmaVol { get; init; }

    /// <summary>The ranking's key: `cov` where there are enough observations.</summary>
    [JsonPropertyName("volatility_score")]
    public required double? VolatilityScore { get; init; }

    /// <summary>The instant that the window ends at; null when nothing was computed yet.</summary>
    [JsonPropertyName("computed_at")]
    public required DateTime? ComputedAt { get; init; }

    /// <summary>Figures of metrics that an app added.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
