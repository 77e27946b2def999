using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Tracera.Realtime.Hub;

/// <summary>Which handshakes may carry a cookie: those of pages of the host itself and of the allowed origins.</summary>
/// <remarks>
/// A browser sends cookies with any page's handshake but always tells the page's origin, so a cookie without an allowed origin is refused. A handshake without
/// cookies acts for nobody and may come from anywhere.
/// </remarks>
internal sealed class OriginPolicy(IOptions<RealtimeOptions> options)
{
    private readonly HashSet<string> _allowed =
        options.Value.AllowedOrigins.Select(origin => Normalize(new Uri(origin))).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool Allows(HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
        {
            return true;
        }

        return request.Headers.Origin is [{ } text]
            && Uri.TryCreate(text, UriKind.Absolute, out var origin)
            && (_allowed.Contains(Normalize(origin)) || IsOwn(origin, request));
    }

    // The proxy before the host may have ended TLS, so a page of https may reach a host that sees http, but not the other way round.
    private static bool IsOwn(Uri origin, HttpRequest request) =>
        string.Equals(origin.Authority, WithoutDefaultPort(origin.Scheme, request.Host), StringComparison.OrdinalIgnoreCase)
        && (origin.Scheme == Uri.UriSchemeHttps || (origin.Scheme == Uri.UriSchemeHttp && !request.IsHttps));

    private static string WithoutDefaultPort(string scheme, HostString host) =>
        Uri.TryCreate($"{scheme}://{host.Value}", UriKind.Absolute, out var own) ? own.Authority : string.Empty;

    private static string Normalize(Uri origin) => origin.GetLeftPart(UriPartial.Authority);
}
