using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Tracera.Http;

/// <summary>Tells by its name whether a header or a parameter holds a secret: by whole words of it, so that a keyword and an author hold none.</summary>
internal static partial class SecretNames
{
    private static readonly FrozenSet<string> Telling =
        new[] { "key", "apikey", "token", "secret", "password", "session", "signature" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Where the next page begins is told by a token too, and is no secret.
    private static readonly FrozenSet<string> Paging =
        new[] { "page", "next", "cursor", "continuation" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it does.</summary>
    /// <param name="name">The name; its words are told apart by signs such as <c>-</c> and <c>_</c>, or by capital letters.</param>
    public static bool Tells(string name)
    {
        var words = Words().Matches(name).Select(word => word.Value).ToList();
        return words.Any(Telling.Contains) && !words.Any(Paging.Contains);
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();
}
