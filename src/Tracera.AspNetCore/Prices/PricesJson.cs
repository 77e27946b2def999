using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes latest prices.</summary>
[JsonSerializable(typeof(LatestPricesAnswer))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class PricesJson : JsonSerializerContext
{
    public static PricesJson Shared { get; } = new(ApiJson.NewOptions());
}
