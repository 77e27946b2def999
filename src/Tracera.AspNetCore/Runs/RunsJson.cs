using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Reads and writes runs.</summary>
[JsonSerializable(typeof(PageAnswer<RunRow>))]
[JsonSerializable(typeof(StartRunBody))]
[JsonSerializable(typeof(StartedRun))]
internal sealed partial class RunsJson : JsonSerializerContext
{
    public static RunsJson Shared { get; } = new(ApiJson.NewOptions());
}
