using System.Text.Json.Serialization;

namespace Tracera.Ingestion;

/// <summary>One line of the file: what a provider calls an item, and the item that is meant.</summary>
internal sealed record AliasLine
{
    /// <summary>The file and where in it, for faults.</summary>
    [JsonIgnore]
    public string Place { get; init; } = "";

    /// <summary>The provider; empty for all.</summary>
    [JsonPropertyName("provider")]
    public string? Provider { get; init; }

    [JsonPropertyName("category")]
    public string? Category { get; init; }

    [JsonPropertyName("alias")]
    public string? Alias { get; init; }

    /// <summary>The category of the item that is meant; empty for the same.</summary>
    [JsonPropertyName("to_category")]
    public string? ToCategory { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    public ItemKey From => new(Category ?? "", Alias ?? "");

    public ItemKey To => new(string.IsNullOrEmpty(ToCategory) ? Category ?? "" : ToCategory, Name ?? "");
}
