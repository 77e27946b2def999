using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Tracera.Testing;

/// <summary>The venue that a provider asks: answers as a check says, and remembers the secrets that it was sent.</summary>
internal sealed partial class Venue(ProviderSubject subject, Func<HttpRequestMessage, HttpResponseMessage> answer, bool isWhole) : HttpMessageHandler
{
    private const int ShortestSecret = 6;

    public static HttpResponseMessage Json(byte[] body) => Answer(HttpStatusCode.OK, new MemoryStream(body), "application/json");

    public static HttpResponseMessage Answer(HttpStatusCode status, Stream body, string contentType)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Remember(request);
        var response = isWhole && subject.Others.TryGetValue(request.RequestUri!.PathAndQuery, out var other) ? Json(other) : answer(request);
        response.RequestMessage = request;
        return Task.FromResult(response);
    }

    private void Remember(HttpRequestMessage request)
    {
        var values = request.Headers.NonValidated
            .Where(header => SecretName().IsMatch(header.Key))
            .SelectMany(header => header.Value.AsEnumerable())
            .Select(value => value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var queries = request.RequestUri!.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2 && SecretName().IsMatch(pair[0]))
            .SelectMany(pair => new[] { pair[1], Uri.UnescapeDataString(pair[1]) });
        lock (subject.Secrets)
        {
            subject.Secrets.UnionWith(values.Concat(queries).Where(value => value.Length >= ShortestSecret));
        }
    }

    [GeneratedRegex("key|token|secret|auth|cookie|session|password", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
