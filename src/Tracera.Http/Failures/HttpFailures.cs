using System.Globalization;
using System.Net;

namespace Tracera.Http;

/// <summary>What kind of failure an answer, or the lack of one, is. The clients of HTTP providers apply it to every request.</summary>
/// <remarks>No message holds a query or a header, so that no key gets into one; the clients also hide, in a path and in what a venue says, the provider's key and what of the request is secret.</remarks>
public static class HttpFailures
{
    /// <summary>Set on a request whose answer is wanted whatever its status, because the venue gives a status a meaning of its own.</summary>
    public static HttpRequestOptionsKey<bool> AcceptAnyStatus { get; } = new("Tracera.Http.AcceptAnyStatus");

    private const HttpStatusCode Banned = (HttpStatusCode)418;

    /// <summary>The failure that a status stands for: 401 and 403 Auth, 404 NotFound, 429 and 418 (a ban, as exchanges use it) RateLimited, 408 and 5xx Transient, all others Permanent.</summary>
    /// <param name="status">A status that is no success.</param>
    /// <returns>The kind.</returns>
    public static ProviderFailure KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ProviderFailure.Auth,
        HttpStatusCode.NotFound => ProviderFailure.NotFound,
        HttpStatusCode.TooManyRequests or Banned => ProviderFailure.RateLimited,
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => ProviderFailure.Transient,
        _ => ProviderFailure.Permanent,
    };

    /// <summary>The failure that an answer without success stands for, with the instant from which the venue may be asked again where it said one.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">The present, from which a span in <c>Retry-After</c> counts.</param>
    /// <param name="excerpt">What the venue said, without secrets; may be empty.</param>
    /// <returns>The failure, to be thrown.</returns>
    public static ProviderException Refused(HttpResponseMessage response, DateTimeOffset now, string excerpt = "")
    {
        ArgumentNullException.ThrowIfNull(response);
        return Refused(response, response.RequestMessage is { } request ? Where(request) : "the venue", now, excerpt);
    }

    internal static ProviderException Refused(HttpResponseMessage response, string where, DateTimeOffset now, string excerpt)
    {
        var said = string.IsNullOrEmpty(excerpt) ? "" : $": {excerpt}";
        return new ProviderException(
            KindOf(response.StatusCode),
            string.Create(CultureInfo.InvariantCulture, $"{where} answered {(int)response.StatusCode}{said}"),
            RetryAfter.Read(response, now));
    }

    internal static ProviderException Unreachable(SentRequest request, Exception exception) =>
        new($"{request.Where} could not be reached: {request.Hide(exception.Message)}", exception);

    internal static string Where(HttpRequestMessage request) =>
        request.RequestUri is { IsAbsoluteUri: true } address
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : "the venue";
}
