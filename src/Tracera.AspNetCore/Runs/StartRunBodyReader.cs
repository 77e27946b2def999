using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tracera.AspNetCore;

/// <summary>Reads the body of a request for a run, which may be missing.</summary>
internal static class StartRunBodyReader
{
    private const long MaxBytes = 65_536;

    public static async ValueTask<RunRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is false || request.ContentLength == 0)
        {
            return new RunRequest();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                $"The content type '{request.ContentType}' is refused; allowed: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        return ToRequest(await ParseAsync(request, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<StartRunBody> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, RunsJson.Shared.StartRunBody, cancellationToken).ConfigureAwait(false)
                ?? new StartRunBody();
        }
        catch (JsonException exception)
        {
            throw ProblemException.BadBody(
                $"The body is refused at '{exception.Path ?? "$"}'; allowed: {{\"providers\": [names], \"from\": instant, \"to\": instant}}, each optional.");
        }
    }

    private static RunRequest ToRequest(StartRunBody body)
    {
        var from = QueryValues.Instant("from", body.From);
        var to = QueryValues.Instant("to", body.To);
        if (from is null != to is null)
        {
            throw ProblemException.BadParameter(from is null ? "from" : "to", null, "both 'from' and 'to', or neither");
        }

        if (from >= to)
        {
            throw ProblemException.BadParameter("from", body.From, "an instant before 'to'");
        }

        return (body.Providers ?? []).Any(name => name is null)
            ? throw ProblemException.BadParameter("providers", "null", "names of providers")
            : new RunRequest(body.Providers, from, to);
    }
}
