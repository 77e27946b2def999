using System.Net;
using System.Net.Http.Headers;
using Tracera.Shared;

namespace Tracera.Testing;

/// <summary>The venue that a provider asks: answers as a check says, until the check has ended, and remembers the secrets that it was sent.</summary>
internal sealed class Venue(
    ProviderSubject subject, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, bool isWhole, CancellationToken ending) : HttpMessageHandler
{
    private const int ShortestSecret = 6;

    /// <summary>So many requests in one cycle, and the cycle has no end.</summary>
    private const int MostRequests = 10_000;

    private int _requests;
    private int _served;

    public bool IsOverrun => Volatile.Read(ref _requests) > MostRequests;

    public static HttpResponseMessage Json(byte[] body) => Answer(HttpStatusCode.OK, new MemoryStream(body), "application/json");

    public static HttpResponseMessage Answer(HttpStatusCode status, Stream body, string contentType)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return response;
    }

    /// <summary>A cycle begins: its requests are counted anew.</summary>
    public void Begin()
    {
        Volatile.Write(ref _requests, 0);
        Volatile.Write(ref _served, 0);
    }

    /// <summary>What a cycle without an end is most often due to, as a sentence; empty when it is not.</summary>
    public string Repeats() => Volatile.Read(ref _served) is var served and > 1
        ? $" The same answer was asked for {served:N0} times; serve further pages with {nameof(ProviderConformance.ServeAt)}(…)."
        : "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ending.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _requests) > MostRequests)
        {
            throw new StuckException($"A cycle sent more than {MostRequests:N0} requests.");
        }

        Remember(request);
        var response = isWhole && subject.Others.TryGetValue(request.RequestUri!.PathAndQuery, out var other) ? Json(other) : await ServeAsync(request, cancellationToken).ConfigureAwait(false);
        response.RequestMessage = request;
        return response;
    }

    private Task<HttpResponseMessage> ServeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _served);
        return answer(request, cancellationToken);
    }

    private void Remember(HttpRequestMessage request)
    {
        foreach (var header in request.Headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                Remember(header.Key, value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..], "header");
            }
        }

        foreach (var pair in request.RequestUri!.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            Remember(pair[0], pair[1], "query parameter");
            Remember(pair[0], Uri.UnescapeDataString(pair[1]), "query parameter");
        }
    }

    private void Remember(string name, string value, string what)
    {
        if (value.Length < ShortestSecret || !SecretNames.Holds(name) || subject.NotSecrets.Contains(name))
        {
            return;
        }

        lock (subject.Secrets)
        {
            subject.Secrets.TryAdd(value, $"the value of the {what} '{name}'; if that is no secret, say so with {nameof(ProviderConformance.NotSecret)}(\"{name}\")");
        }
    }
}
