using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The state of one bounded queue.</summary>
internal sealed record QueueRow
{
    /// <summary>What it feeds.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Batches that wait.</summary>
    [JsonPropertyName("depth")]
    public required int Depth { get; init; }

    /// <summary>Batches that it can hold.</summary>
    [JsonPropertyName("capacity")]
    public required int Capacity { get; init; }

    /// <summary>For how long the oldest batch has waited, in seconds; 0 when it is empty.</summary>
    [JsonPropertyName("oldest_age_seconds")]
    public required double OldestAgeSeconds { get; init; }

    public static QueueRow Of(QueueStatus queue) => new()
    {
        Name = queue.Name,
        Depth = queue.Depth,
        Capacity = queue.Capacity,
        OldestAgeSeconds = queue.OldestAge.TotalSeconds,
    };
}
