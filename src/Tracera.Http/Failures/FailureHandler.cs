using Microsoft.Extensions.Logging;

namespace Tracera.Http;

/// <summary>Turns everything that is not an answer into a <see cref="ProviderException"/>.</summary>
internal sealed class FailureHandler(string provider, Secret secret, TimeSpan errorBodyTimeout, TimeProvider time, ILogger<FailureHandler> logger)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var response = await SendMappedAsync(request, cancellationToken).ConfigureAwait(false);
        HttpLog.Answered(
            logger, provider, request.Method.Method, Where(request), (int)response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds);
        if (!response.IsSuccessStatusCode && !AcceptsAnyStatus(request))
        {
            using (response)
            {
                throw HttpFailures.Refused(
                    response, Where(response.RequestMessage ?? request), time.GetUtcNow(), await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false));
            }
        }

        response.Content = new ProviderContent(response.Content, Where(request), expectsJson: ExpectsJson(request));
        return response;
    }

    private static bool AcceptsAnyStatus(HttpRequestMessage request) =>
        request.Options.TryGetValue(HttpFailures.AcceptAnyStatus, out var accepts) && accepts;

    private static bool ExpectsJson(HttpRequestMessage request) =>
        request.Headers.Accept.Any(accepted => accepted.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true);

    // Some venues want the key in the path.
    private string Where(HttpRequestMessage request) => secret.Hide(HttpFailures.Where(request));

    private async Task<HttpResponseMessage> SendMappedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or IOException)
        {
            throw HttpFailures.Unreachable(Where(request), exception);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException late && !cancellationToken.IsCancellationRequested)
        {
            // So the sockets say that a connection was not made in time.
            throw HttpFailures.Unreachable(Where(request), late);
        }
    }

    private async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(errorBodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var excerpt = await ErrorExcerpt.ReadAsync(response.Content, secret, either.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return excerpt;
    }
}
