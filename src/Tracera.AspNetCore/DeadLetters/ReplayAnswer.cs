using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>What became of the dead letters that were replayed.</summary>
internal sealed record ReplayAnswer
{
    /// <summary>New rows; their letters are gone.</summary>
    [JsonPropertyName("written")]
    public required int Written { get; init; }

    /// <summary>Stored already; their letters are gone.</summary>
    [JsonPropertyName("duplicate")]
    public required int Duplicate { get; init; }

    /// <summary>Replaced what was stored; their letters are gone.</summary>
    [JsonPropertyName("corrected")]
    public required int Corrected { get; init; }

    /// <summary>Refused again; their letters stay.</summary>
    [JsonPropertyName("refused")]
    public required int Refused { get; init; }

    /// <summary>Not told in time; their letters stay and may be replayed again.</summary>
    [JsonPropertyName("pending")]
    public required int Pending { get; init; }

    public static ReplayAnswer Of(ReplayOutcome outcome) => new()
    {
        Written = outcome.Written,
        Duplicate = outcome.Duplicate,
        Corrected = outcome.Corrected,
        Refused = outcome.Refused,
        Pending = outcome.Pending,
    };
}
