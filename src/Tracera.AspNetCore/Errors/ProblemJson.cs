using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes problem documents.</summary>
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    public static ProblemJson Shared { get; } = new(ApiJson.NewOptions());
}
