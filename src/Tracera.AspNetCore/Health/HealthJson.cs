using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes health.</summary>
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext
{
    public static HealthJson Shared { get; } = new(ApiJson.NewOptions());
}
