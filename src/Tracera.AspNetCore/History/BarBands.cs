using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The Bollinger bands at a bar; null where too few bars stand before it.</summary>
internal sealed record BarBands
{
    /// <summary>The bands of a bar that has too few before it.</summary>
    public static BarBands None { get; } = new() { Upper = null, Middle = null, Lower = null };

    /// <summary>The upper band.</summary>
    [JsonPropertyName("upper")]
    public required double? Upper { get; init; }

    /// <summary>The middle band: the simple moving average of the closes.</summary>
    [JsonPropertyName("middle")]
    public required double? Middle { get; init; }

    /// <summary>The lower band.</summary>
    [JsonPropertyName("lower")]
    public required double? Lower { get; init; }
}
