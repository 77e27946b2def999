using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>How one sink's writes go: for a store, its batches and the latency of their commits.</summary>
internal sealed record WriteRow
{
    /// <summary>The sink's name.</summary>
    [JsonPropertyName("sink")]
    public required string Sink { get; init; }

    /// <summary>Successful writes since the host started.</summary>
    [JsonPropertyName("batches")]
    public required long Batches { get; init; }

    /// <summary>Failed writes since the host started.</summary>
    [JsonPropertyName("failures")]
    public required long Failures { get; init; }

    /// <summary>How long the last successful write took, in seconds; null before the first.</summary>
    [JsonPropertyName("last_seconds")]
    public required double? LastSeconds { get; init; }

    /// <summary>The median of the last 256 successful writes, in seconds; null before the first.</summary>
    [JsonPropertyName("median_seconds")]
    public required double? MedianSeconds { get; init; }

    /// <summary>Within how many seconds 99% of the last 256 successful writes ended; null before the first.</summary>
    [JsonPropertyName("p99_seconds")]
    public required double? P99Seconds { get; init; }

    public static WriteRow Of(WriteStatus write) => new()
    {
        Sink = write.Sink,
        Batches = write.Batches,
        Failures = write.Failures,
        LastSeconds = write.Last?.TotalSeconds,
        MedianSeconds = write.Median?.TotalSeconds,
        P99Seconds = write.P99?.TotalSeconds,
    };
}
