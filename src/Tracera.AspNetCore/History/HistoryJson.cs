using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes bars and ticks.</summary>
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(PageAnswer<TickRow>))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    public static HistoryJson Shared { get; } = new(ApiJson.NewOptions());
}
