using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes dead letters.</summary>
[JsonSerializable(typeof(PageAnswer<DeadLetterRow>))]
internal sealed partial class DeadLettersJson : JsonSerializerContext
{
    public static DeadLettersJson Shared { get; } = new(ApiJson.NewOptions());
}
