using System.Net;

namespace Tracera.Http;

/// <summary>A body whose reading fails with a <see cref="ProviderException"/>.</summary>
internal sealed class ProviderContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly SentRequest _request;
    private readonly bool _expectsJson;

    public ProviderContent(HttpContent inner, SentRequest request, bool expectsJson)
    {
        _inner = inner;
        _request = request;
        _expectsJson = expectsJson;
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new ProviderBody(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _request, _expectsJson);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var body = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
