using System.Net.Http.Headers;
using Tracera.Shared;

namespace Tracera.Http;

/// <summary>Finds what of a request is secret: how it signs in, its cookies, and the headers and parameters of its query whose names say so.</summary>
internal static class RequestSecrets
{
    // What is shorter is hardly one, and text without it is hard to read.
    private const int ShortestSecret = 6;

    public static IEnumerable<string> Of(HttpRequestHeaders headers) => headers.NonValidated.SelectMany(Of).SelectMany(Plain);

    /// <summary>Those of an <c>Authorization</c>: all behind its scheme, and each value where it is a list of them.</summary>
    public static IEnumerable<string> OfAuthorization(HeaderStringValues values) => values.SelectMany(Credentials).SelectMany(Plain);

    public static IEnumerable<string> Of(Uri? address) => address is not { IsAbsoluteUri: true } ? [] : address.Query.TrimStart('?').Split('&')
        .Where(pair => SecretNames.Holds(Uri.UnescapeDataString(pair.Split('=')[0])))
        .SelectMany(pair => Plain(ValueOf(pair)).Concat(Plain(ValueOf(pair).Replace('+', ' '))));

    private static IEnumerable<string> Of(KeyValuePair<string, HeaderStringValues> header) => header.Key.ToUpperInvariant() switch
    {
        "AUTHORIZATION" or "PROXY-AUTHORIZATION" => header.Value.SelectMany(Credentials),
        "COOKIE" => header.Value.SelectMany(cookies => cookies.Split(';')).Select(ValueOf),
        _ => SecretNames.Holds(header.Key) ? header.Value : [],
    };

    private static IEnumerable<string> Credentials(string value)
    {
        var behind = value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return behind.Split(',').Where(part => part.Contains('=', StringComparison.Ordinal)).Select(ValueOf).Prepend(behind);
    }

    private static string ValueOf(string pair) => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(' ', '"');

    // As it was sent, and as the venue reads it.
    private static IEnumerable<string> Plain(string value) =>
        new[] { value, Uri.UnescapeDataString(value) }.Where(form => form.Length >= ShortestSecret);
}
