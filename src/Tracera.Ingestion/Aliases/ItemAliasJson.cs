using System.Text.Json.Serialization;

namespace Tracera.Ingestion;

/// <summary>Reads aliases.</summary>
[JsonSerializable(typeof(List<AliasLine?>))]
[JsonSourceGenerationOptions(AllowTrailingCommas = true, ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip)]
internal sealed partial class ItemAliasJson : JsonSerializerContext;
