using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes figures and rankings.</summary>
[JsonSerializable(typeof(VolatilityAnswer))]
[JsonSerializable(typeof(RankingAnswer))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class VolatilityJson : JsonSerializerContext
{
    public static VolatilityJson Shared { get; } = new(ApiJson.NewOptions());
}
