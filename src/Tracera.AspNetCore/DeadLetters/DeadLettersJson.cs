using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes dead letters, and reads and writes what belongs to their replay.</summary>
[JsonSerializable(typeof(PageAnswer<DeadLetterRow>))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(ReplayAnswer))]
internal sealed partial class DeadLettersJson : JsonSerializerContext
{
    public static DeadLettersJson Shared { get; } = new(ApiJson.NewOptions());
}
