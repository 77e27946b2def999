using System.Text.Json;

namespace Tracera.Providers;

/// <summary>A field that is a whole number, is not there, or is something else.</summary>
/// <param name="IsPresent">Whether the field is there and not null.</param>
/// <param name="IsInteger">Whether it is a JSON number without fraction and exponent that fits.</param>
/// <param name="Value">The number.</param>
internal readonly record struct JsonInteger(bool IsPresent, bool IsInteger, long Value)
{
    public bool IsAbsent => !IsPresent;

    public static JsonInteger Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number when reader.TryGetInt64(out var value) => new JsonInteger(true, true, value),
        _ => new JsonInteger(true, false, 0),
    };
}
