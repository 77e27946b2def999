using System.Text.Json.Serialization;

namespace Tracera.Redis;

/// <summary>Writes and reads the kept sources: an array of objects.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptSource[]))]
internal sealed partial class KeptSourceJson : JsonSerializerContext;
