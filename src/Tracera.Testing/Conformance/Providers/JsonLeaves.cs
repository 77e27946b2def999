using System.Text.Json;

namespace Tracera.Testing;

/// <summary>Writes a row again with one of its values replaced.</summary>
internal static class JsonLeaves
{
    /// <summary>The values of a row that are neither objects nor arrays, with their paths, in order.</summary>
    public static IReadOnlyList<(string Path, JsonElement Value)> Of(JsonElement row)
    {
        var leaves = new List<(string, JsonElement)>();
        Write(row, "", (path, value) =>
        {
            leaves.Add((path, value));
            return null;
        });
        return leaves;
    }

    public static string Replace(JsonElement row, string path, string value) => Write(row, "", (at, _) => at == path ? value : null);

    private static string Write(JsonElement element, string path, Func<string, JsonElement, string?> replace) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(member => $"\"{JsonEncodedText.Encode(member.Name)}\":{Write(member.Value, $"{path}.{member.Name}", replace)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select((item, i) => Write(item, $"{path}[{i}]", replace)))}]",
        _ => replace(path, element) ?? element.GetRawText(),
    };
}
