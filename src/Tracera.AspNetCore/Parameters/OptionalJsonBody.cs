using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tracera.AspNetCore;

/// <summary>Reads a small JSON body that may be missing.</summary>
internal static class OptionalJsonBody
{
    private const long MaxBytes = 65_536;

    /// <returns>The body; null when there is none.</returns>
    public static async ValueTask<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, string allowed, CancellationToken cancellationToken)
        where T : class
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is false || request.ContentLength == 0)
        {
            return null;
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

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw ProblemException.BadBody($"The body is refused at '{exception.Path ?? "$"}'; allowed: {allowed}.");
        }
    }
}
