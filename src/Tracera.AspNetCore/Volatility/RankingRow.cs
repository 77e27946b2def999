using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>An item in a ranking, with its figures; one that does not exist is null. Metrics that an app added stand beside the others.</summary>
internal sealed record RankingRow
{
    /// <summary>The place, beginning with 1.</summary>
    [JsonPropertyName("rank")]
    public required int Rank { get; init; }

    /// <summary>The item's number.</summary>
    [JsonPropertyName("item_id")]
    public required int ItemId { get; init; }

    /// <summary>The item's name within its category.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The catalogue's division.</summary>
    [JsonPropertyName("category")]
    public required string Category { get; init; }

    /// <summary>The market by which the item is ranked.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The provider through which the market is asked.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; init; }

    /// <summary>The currency of the prices.</summary>
    [JsonPropertyName("currency")]
    public required string Currency { get; init; }

    /// <summary>What a ranking is ordered by unless `by` names another figure.</summary>
    [JsonPropertyName("volatility_score")]
    public required double? VolatilityScore { get; init; }

    /// <summary>The number of observed prices in the window.</summary>
    [JsonPropertyName("n")]
    public required long Count { get; init; }

    /// <summary>The mean price.</summary>
    [JsonPropertyName("mean")]
    public required double? Mean { get; init; }

    /// <summary>The population standard deviation of the prices.</summary>
    [JsonPropertyName("stddev")]
    public required double? StdDev { get; init; }

    /// <summary>The change from the window's first price to its last, in percent.</summary>
    [JsonPropertyName("percent_change")]
    public required double? PercentChange { get; init; }

    /// <summary>The slope of the price over time, in percent of the mean per hour.</summary>
    [JsonPropertyName("trend_score")]
    public required double? TrendScore { get; init; }

    /// <summary>The bands.</summary>
    [JsonPropertyName("bollinger")]
    public required BollingerFigures Bollinger { get; init; }

    /// <summary>The coefficient of variation: standard deviation over mean.</summary>
    [JsonPropertyName("cov")]
    public required double? Cov { get; init; }

    /// <summary>The coefficient of determination of the trend.</summary>
    [JsonPropertyName("trend_r2")]
    public required double? TrendR2 { get; init; }

    /// <summary>The annualised sample standard deviation of the log returns between buckets.</summary>
    [JsonPropertyName("log_return_vol")]
    public required double? LogReturnVol { get; init; }

    /// <summary>The annualised volatility by exponentially weighted log returns between buckets (RiskMetrics, 0.94).</summary>
    [JsonPropertyName("ewma_vol")]
    public required double? EwmaVol { get; init; }

    /// <summary>The instant that the window ends at.</summary>
    [JsonPropertyName("computed_at")]
    public required DateTime ComputedAt { get; init; }

    /// <summary>Figures of metrics that an app added.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }

    public static RankingRow Of(int rank, VolatilitySnapshot figures, Item item, Source source) => new()
    {
        Rank = rank,
        ItemId = item.Id.Value,
        Name = item.Name,
        Category = item.Category,
        Source = source.Name,
        Provider = source.Provider,
        Currency = source.Currency.Code,
        VolatilityScore = figures[MetricFields.VolatilityScore],
        Count = figures.Count,
        Mean = figures.Mean,
        StdDev = figures[MetricFields.StdDev],
        PercentChange = figures[MetricFields.PercentChange],
        TrendScore = figures[MetricFields.TrendScore],
        Bollinger = BollingerFigures.Of(figures),
        Cov = figures[MetricFields.Cov],
        TrendR2 = figures[MetricFields.TrendR2],
        LogReturnVol = figures[MetricFields.LogReturnVol],
        EwmaVol = figures[MetricFields.EwmaVol],
        ComputedAt = ApiTime.Of(figures.ComputedAt),
        More = AddedFigures.Of(figures, null),
    };
}
