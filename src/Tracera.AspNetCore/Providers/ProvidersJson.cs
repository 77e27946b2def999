using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes the providers' states.</summary>
[JsonSerializable(typeof(PageAnswer<ProviderRow>))]
internal sealed partial class ProvidersJson : JsonSerializerContext
{
    public static ProvidersJson Shared { get; } = new(ApiJson.NewOptions());
}
