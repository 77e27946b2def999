using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tracera.AspNetCore;

/// <summary>Says of numbers what the answers hold: numbers only, and decimals as such.</summary>
internal static class SchemaTransformer
{
    private const JsonSchemaType Numbers = JsonSchemaType.Number | JsonSchemaType.Integer;

    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (schema.Type is { } kind && (kind & Numbers) != 0)
        {
            schema.Type = kind & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        if (type == typeof(decimal))
        {
            schema.Format = "decimal";
        }

        return Task.CompletedTask;
    }
}
