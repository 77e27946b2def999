using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracera.AspNetCore;

/// <summary>Gathers the figures that an app's own metrics compute; a dot in a name nests.</summary>
internal static class AddedFigures
{
    /// <summary>The figures beneath a prefix (<c>bollinger</c>), or those of every other name where it is null; null when there is none.</summary>
    public static Dictionary<string, JsonElement>? Of(VolatilitySnapshot snapshot, string? prefix)
    {
        JsonObject? root = null;
        for (var i = 0; i < snapshot.Fields.Count; i++)
        {
            var name = snapshot.Fields[i];
            var isBeneath = name.StartsWith(FigureNames.BollingerPrefix + ".", StringComparison.Ordinal);
            if (!FigureNames.Known.Contains(name) && name != FigureNames.BollingerPrefix && isBeneath == (prefix is not null))
            {
                Add(root ??= [], (prefix is null ? name : name[(prefix.Length + 1)..]).Split('.'), snapshot.ValueAt(i));
            }
        }

        return root?.ToDictionary(
            figure => figure.Key, figure => JsonSerializer.SerializeToElement(figure.Value, VolatilityJson.Shared.JsonNode));
    }

    private static void Add(JsonObject target, ReadOnlySpan<string> path, double? value)
    {
        for (; path.Length > 1; path = path[1..])
        {
            if (target[path[0]] is not JsonObject next)
            {
                target[path[0]] = next = [];
            }

            target = next;
        }

        target[path[0]] = value is { } number ? JsonValue.Create(number) : null;
    }
}
