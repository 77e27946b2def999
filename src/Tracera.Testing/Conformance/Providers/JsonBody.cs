using System.Text;
using System.Text.Json;

namespace Tracera.Testing;

/// <summary>The rows of a JSON answer, so that the answer can be written again with other rows.</summary>
internal sealed class JsonBody
{
    private const string MadeKey = "tracera conformance ";

    private readonly string _prefix;
    private readonly string _suffix;
    private readonly bool _isArray;

    private JsonBody(string prefix, string suffix, JsonElement rows)
    {
        _isArray = rows.ValueKind == JsonValueKind.Array;
        (_prefix, _suffix) = (prefix + (_isArray ? '[' : '{'), (_isArray ? ']' : '}') + suffix);
        Rows = _isArray
            ? [.. rows.EnumerateArray().Select(row => (Key: "", Value: row))]
            : [.. rows.EnumerateObject().Select(row => (Key: row.Name, row.Value))];
    }

    /// <summary>The rows; in an answer that is an object, with their names.</summary>
    public IReadOnlyList<(string Key, JsonElement Value)> Rows { get; }

    /// <summary>Finds the rows of an answer; null when it is no JSON or holds none.</summary>
    public static JsonBody? Find(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement.Clone();
            return Find(root, IsArrayOfRows) ?? Find(root, IsObjectOfRows);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The answer with other rows.</summary>
    public byte[] With(IEnumerable<(string Key, string Value)> rows) => Encoding.UTF8.GetBytes(_prefix + Join(rows) + _suffix);

    /// <summary>The answer up to and with a comma after some rows, and what must follow to make it whole.</summary>
    public (byte[] Beginning, byte[] Ending) Split(IEnumerable<(string Key, string Value)> rows, (string Key, string Value) last) =>
        (Encoding.UTF8.GetBytes($"{_prefix}{Join(rows)},"), Encoding.UTF8.GetBytes(Join([last]) + _suffix));

    /// <summary>Rows that the kit makes itself, under names of their own.</summary>
    public static IEnumerable<(string Key, string Value)> Named(IEnumerable<string> values) => values.Select((value, i) => ($"{MadeKey}{i}", value));

    private static JsonBody? Find(JsonElement root, Func<JsonElement, bool> isRows)
    {
        var level = new List<(string Prefix, string Suffix, JsonElement Element)> { ("", "", root) };
        while (level.Count > 0)
        {
            var found = level.Where(node => isRows(node.Element)).OrderByDescending(node => CountOf(node.Element)).Take(1).ToList();
            if (found.Count > 0)
            {
                return new JsonBody(found[0].Prefix, found[0].Suffix, found[0].Element);
            }

            level = [.. level.Where(node => node.Element.ValueKind == JsonValueKind.Object).SelectMany(node => Inside(node.Prefix, node.Suffix, node.Element))];
        }

        return null;
    }

    private static IEnumerable<(string Prefix, string Suffix, JsonElement Element)> Inside(string prefix, string suffix, JsonElement element)
    {
        var members = element.EnumerateObject().ToList();
        var texts = members.ConvertAll(member => NameOf(member.Name) + member.Value.GetRawText());
        for (var i = 0; i < members.Count; i++)
        {
            var before = string.Concat(texts.Take(i).Select(text => text + ","));
            var after = string.Concat(texts.Skip(i + 1).Select(text => "," + text));
            yield return ($"{prefix}{{{before}{NameOf(members[i].Name)}", $"{after}}}{suffix}", members[i].Value);
        }
    }

    private static bool IsArrayOfRows(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(row => row.ValueKind == JsonValueKind.Object);

    private static bool IsObjectOfRows(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Any()
        && element.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Object);

    private static int CountOf(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.GetArrayLength() : element.EnumerateObject().Count();

    private static string NameOf(string name) => $"\"{JsonEncodedText.Encode(name)}\":";

    private string Join(IEnumerable<(string Key, string Value)> rows) => string.Join(',', rows.Select(row => _isArray ? row.Value : NameOf(row.Key) + row.Value));
}
