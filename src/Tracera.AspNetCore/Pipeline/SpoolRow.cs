using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>The state of one sink's spool.</summary>
internal sealed record SpoolRow
{
    /// <summary>The sink's name.</summary>
    [JsonPropertyName("sink")]
    public required string Sink { get; init; }

    /// <summary>Batches that wait in it.</summary>
    [JsonPropertyName("batches")]
    public required int Batches { get; init; }

    /// <summary>Prices that wait in it.</summary>
    [JsonPropertyName("prices")]
    public required long Prices { get; init; }

    /// <summary>What it takes of the disk, in bytes.</summary>
    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }

    /// <summary>What it may take, in bytes.</summary>
    [JsonPropertyName("capacity")]
    public required long Capacity { get; init; }

    /// <summary>Prices that could not be read back since the host started.</summary>
    [JsonPropertyName("damaged")]
    public required long Damaged { get; init; }

    public static SpoolRow Of(SpoolStatus spool) => new()
    {
        Sink = spool.Sink,
        Batches = spool.Batches,
        Prices = spool.Ticks,
        Bytes = spool.Bytes,
        Capacity = spool.Capacity,
        Damaged = spool.DamagedTicks,
    };
}
