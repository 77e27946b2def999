using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A part of a longer list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed record PageAnswer<T>
{
    /// <summary>The rows of this page.</summary>
    [JsonPropertyName("items")]
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Hand it back as `cursor` for the page after this one; null at the end.</summary>
    [JsonPropertyName("next")]
    public required string? Next { get; init; }
}
