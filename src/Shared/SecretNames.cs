using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Tracera.Shared;

/// <summary>Tells by the name of a header or of a query's parameter whether its value is a secret.</summary>
internal static partial class SecretNames
{
    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "key", "apikey", "token", "secret", "signature", "auth", "oauth", "authorization", "authentication", "bearer", "jwt", "cookie", "session", "password", "passwd", "passphrase", "pwd", "credential", "credentials");

    /// <summary>A key to sort by, the token of the next page, the session of a market: no secrets.</summary>
    private static readonly FrozenSet<string> HarmlessBefore = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "sort", "order", "group", "partition", "primary", "foreign", "cache", "search", "idempotency", "public",
        "page", "next", "previous", "prev", "last", "start", "cursor", "continuation", "pagination", "sync", "scroll", "resume",
        "market", "trading");

    private static readonly FrozenSet<string> HarmlessAfter = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "type", "kind", "version", "count");

    /// <summary>What a name that is written in one piece may end with.</summary>
    private static readonly string[] Endings =
        ["apikey", "appkey", "accesskey", "authkey", "privatekey", "secretkey", "accesstoken", "apitoken", "authtoken", "secret", "password", "sessionid", "sessid"];

    public static bool Holds(string name)
    {
        var parts = Part().Matches(name).Select(part => part.Value).ToList();
        var joined = string.Concat(parts);
        return Enumerable.Range(0, parts.Count).Any(i => Words.Contains(parts[i]) && !IsHarmless(parts, i))
            || Array.Exists(Endings, ending => joined.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsHarmless(List<string> parts, int at) =>
        (at > 0 && HarmlessBefore.Contains(parts[at - 1])) || (at + 1 < parts.Count && HarmlessAfter.Contains(parts[at + 1]));

    /// <summary>A whole part of a name: between what is no letter, and of camelCase.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Part();
}
