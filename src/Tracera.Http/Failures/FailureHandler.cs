using Microsoft.Extensions.Logging;

namespace Tracera.Http;

/// <summary>Turns everything that is not an answer into a <see cref="ProviderException"/>.</summary>
internal sealed class FailureHandler(string provider, string key, TimeSpan errorBodyTimeout, TimeProvider time, ILogger<FailureHandler> logger)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (started, sent) = (time.GetTimestamp(), new SentRequest(request, key));
        var response = await SendMappedAsync(request, sent, cancellationToken).ConfigureAwait(false);
        sent.Note(response);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            HttpLog.Answered(logger, provider, request.Method.Method, sent.Where, (int)response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds);
        }

        if (!response.IsSuccessStatusCode && !AcceptsAnyStatus(request))
        {
            using (response)
            {
                throw HttpFailures.Refused(response, sent.Where, time.GetUtcNow(), await ReadErrorAsync(response, sent, cancellationToken).ConfigureAwait(false));
            }
        }

        response.Content = new ProviderContent(response.Content, sent, expectsJson: ExpectsJson(request));
        return response;
    }

    private static bool AcceptsAnyStatus(HttpRequestMessage request) =>
        request.Options.TryGetValue(HttpFailures.AcceptAnyStatus, out var accepts) && accepts;

    private static bool ExpectsJson(HttpRequestMessage request) =>
        request.Headers.Accept.Any(accepted => accepted.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true);

    private async Task<HttpResponseMessage> SendMappedAsync(HttpRequestMessage request, SentRequest sent, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or IOException)
        {
            throw HttpFailures.Unreachable(sent, exception);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException late && !cancellationToken.IsCancellationRequested)
        {
            // So the sockets say that a connection was not made in time.
            throw HttpFailures.Unreachable(sent, late);
        }
    }

    private async Task<string> ReadErrorAsync(HttpResponseMessage response, SentRequest sent, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(errorBodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var excerpt = await ErrorExcerpt.ReadAsync(response.Content, sent, either.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return excerpt;
    }
}
