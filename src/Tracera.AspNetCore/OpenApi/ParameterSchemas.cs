using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Tracera.AspNetCore;

/// <summary>What parameters allow. They are bound as text, so that a bad one is refused with a problem document that names it.</summary>
internal static class ParameterSchemas
{
    public static OpenApiSchema? Find(string operation, string? parameter) => (operation, parameter) switch
    {
        ("readRun", "id") => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        (_, "id") => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
        (_, "ids") => new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]+(,[0-9]+)*$" } },
        ("readHistory", "limit") => Limit(QueryValues.DefaultHistoryLimit, QueryValues.MaxHistoryLimit),
        (_, "limit") => Limit(QueryValues.DefaultLimit, QueryValues.MaxLimit),
        ("readHistory", "window") => OneOf(Window.All.Select(window => window.Name)),
        (_, "window") => OneOf(Window.All.Select(window => window.Name), Window.Day1.Name),
        (_, "resolution") => OneOf(BarLevels.All.Select(BarLevels.Name)),
        (_, "state") => OneOf(Enum.GetNames<RunState>()),
        (_, "order") => OneOf(["desc", "asc"], "desc"),
        (_, "by") => new OpenApiSchema { Type = JsonSchemaType.String, Default = JsonValue.Create(MetricFields.VolatilityScore) },
        (_, "bands") => new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
        (_, "period") => Whole(QueryValues.MinBandPeriod, QueryValues.MaxBandPeriod, QueryValues.DefaultBandPeriod),
        (_, "k") => new OpenApiSchema
        {
            Type = JsonSchemaType.Number, ExclusiveMinimum = "0", Maximum = Text(QueryValues.MaxBandWidth), Default = JsonValue.Create(QueryValues.DefaultBandWidth),
        },
        (_, "from" or "to") => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        _ => null,
    };

    private static OpenApiSchema Limit(int fallback, int max) => Whole(1, max, fallback);

    private static OpenApiSchema Whole(int min, int max, int fallback) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = Text(min),
        Maximum = Text(max),
        Default = JsonValue.Create(fallback),
    };

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static OpenApiSchema OneOf(IEnumerable<string> values, string? fallback = null) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value))],
        Default = fallback is null ? null : JsonValue.Create(fallback),
    };
}
