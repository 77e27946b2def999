using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>A problem document (RFC 9457).</summary>
internal sealed record ProblemAnswer
{
    /// <summary>Always `about:blank`: the status and `code` say what it is.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; } = "about:blank";

    /// <summary>The phrase of the status.</summary>
    [JsonPropertyName("title")]
    public string Title { get; init; } = "";

    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("status")]
    public required int Status { get; init; }

    /// <summary>What went wrong, for a person.</summary>
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }

    /// <summary>What went wrong, for a program.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    /// <summary>Identifies the request in the logs and traces.</summary>
    [JsonPropertyName("traceId")]
    public string TraceId { get; init; } = "";

    /// <summary>The parameter or field that was refused.</summary>
    [JsonPropertyName("parameter")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>The value that was refused.</summary>
    [JsonPropertyName("value")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; init; }

    /// <summary>What is allowed instead.</summary>
    [JsonPropertyName("allowed")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Allowed { get; init; }

    /// <summary>The providers that are running already.</summary>
    [JsonPropertyName("skipped")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Skipped { get; init; }
}
