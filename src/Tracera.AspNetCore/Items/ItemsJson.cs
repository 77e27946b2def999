using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes items.</summary>
[JsonSerializable(typeof(PageAnswer<ItemRow>))]
[JsonSerializable(typeof(ItemDetail))]
internal sealed partial class ItemsJson : JsonSerializerContext
{
    public static ItemsJson Shared { get; } = new(ApiJson.NewOptions());
}
