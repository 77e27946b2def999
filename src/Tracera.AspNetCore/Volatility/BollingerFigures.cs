using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The bands of a window: the mean, and the mean plus and less k standard deviations.</summary>
internal sealed record BollingerFigures
{
    /// <summary>The upper band.</summary>
    [JsonPropertyName("upper")]
    public required double? Upper { get; init; }

    /// <summary>The middle band: the mean.</summary>
    [JsonPropertyName("middle")]
    public required double? Middle { get; init; }

    /// <summary>The lower band.</summary>
    [JsonPropertyName("lower")]
    public required double? Lower { get; init; }

    /// <summary>Figures of metrics that an app added beneath `bollinger`.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }

    public static BollingerFigures Of(VolatilitySnapshot figures) => new()
    {
        Upper = figures[MetricFields.BollingerUpper],
        Middle = figures[MetricFields.BollingerMiddle],
        Lower = figures[MetricFields.BollingerLower],
        More = AddedFigures.Of(figures, FigureNames.BollingerPrefix),
    };
}
