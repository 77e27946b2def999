using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>Writes the pipeline's ledger.</summary>
[JsonSerializable(typeof(PipelineAnswer))]
internal sealed partial class PipelineJson : JsonSerializerContext
{
    public static PipelineJson Shared { get; } = new(ApiJson.NewOptions());
}
