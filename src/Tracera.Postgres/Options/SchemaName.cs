using System.Buffers;

namespace Tracera.Postgres;

/// <summary>What a schema may be called, and how its name is written in SQL.</summary>
internal static class SchemaName
{
    public const string Allowed = "1 to 48 lower-case letters, digits and _, not beginning with a digit or pg_";

    private const int MaxLength = 48;
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public static bool IsAllowed(string? name) =>
        name is { Length: >= 1 and <= MaxLength }
        && !name.AsSpan().ContainsAnyExcept(Characters)
        && !char.IsAsciiDigit(name[0])
        && !name.StartsWith("pg_", StringComparison.Ordinal);

    /// <summary>The name as a quoted identifier.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static string Quote(string name) =>
        IsAllowed(name) ? $"\"{name}\"" : throw new ArgumentException($"'{name}' is no schema's name; allowed: {Allowed}.", nameof(name));
}
