using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Tracera.Testing;

/// <summary>Answers requests with canned bodies, without a socket: put it in place of a client's primary handler.</summary>
/// <remarks>
/// Thread-safe. Answers of one address are given in their order, the last one again and again. A request that nothing was recorded for fails the test with
/// an <see cref="InvalidOperationException"/> that names it.
/// </remarks>
public sealed class RecordedHttp : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpResponseMessage>>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Records the answer to a GET.</summary>
    /// <param name="pathAndQuery">The path with the query, beginning with a slash.</param>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type, or null for none.</param>
    /// <param name="headers">Further headers of the answer, of the answer itself (<c>Retry-After</c>) or of its content (<c>Last-Modified</c>).</param>
    /// <returns>This handler.</returns>
    /// <exception cref="ArgumentException">A header is not one that an answer can have.</exception>
    public RecordedHttp Serve(
        string pathAndQuery,
        string body,
        HttpStatusCode status = HttpStatusCode.OK,
        string? contentType = "application/json; charset=utf-8",
        params IReadOnlyList<(string Name, string Value)> headers)
    {
        // Made once here, so that a header which cannot be served is refused where it stands.
        Answer(Stream.Null, status, contentType, headers).Dispose();
        return Serve(HttpMethod.Get, pathAndQuery, () => Answer(new MemoryStream(Encoding.UTF8.GetBytes(body)), status, contentType, headers));
    }

    /// <summary>Records any answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathAndQuery">The path with the query, beginning with a slash.</param>
    /// <param name="answer">Makes the answer, or throws as a broken connection does.</param>
    /// <returns>This handler.</returns>
    public RecordedHttp Serve(HttpMethod method, string pathAndQuery, Func<HttpResponseMessage> answer)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentException.ThrowIfNullOrEmpty(pathAndQuery);
        _answers.GetOrAdd(KeyOf(method, pathAndQuery), _ => new()).Enqueue(answer);
        return this;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        _requests.Enqueue(RecordedRequest.Of(request));
        var key = KeyOf(request.Method, request.RequestUri!.PathAndQuery);
        if (!_answers.TryGetValue(key, out var queue) || !queue.TryPeek(out var answer))
        {
            throw new InvalidOperationException($"No answer is recorded for '{key}'; recorded are: {string.Join(", ", _answers.Keys)}.");
        }

        if (queue.Count > 1)
        {
            queue.TryDequeue(out answer);
        }

        var response = answer!();
        response.RequestMessage = request;
        return Task.FromResult(response);
    }

    private static string KeyOf(HttpMethod method, string pathAndQuery) => $"{method} {pathAndQuery}";

    private static HttpResponseMessage Answer(
        Stream body, HttpStatusCode status, string? contentType, IReadOnlyList<(string Name, string Value)> headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
        if (contentType is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value) && !response.Content.Headers.TryAddWithoutValidation(name, value))
            {
                throw new ArgumentException($"An answer has no header '{name}'.", nameof(headers));
            }
        }

        return response;
    }
}
