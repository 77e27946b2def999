namespace Tracera.Http;

/// <summary>The stream of a body: a connection that breaks is transient, a page of HTML where JSON was asked for is a bad payload.</summary>
internal sealed class ProviderBody(Stream inner, SentRequest request, bool expectsJson) : Stream
{
    private bool _begun = !expectsJson;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            Inspect(buffer.Span[..read]);
            return read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Broken(exception);
        }
        catch (InvalidDataException exception)
        {
            throw new ProviderException(ProviderFailure.BadPayload, $"{request.Where} answered a body that cannot be decompressed.", innerException: exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = inner.Read(buffer, offset, count);
            Inspect(buffer.AsSpan(offset, read));
            return read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Broken(exception);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Whatever the status and the content type say: JSON never begins with '<'.
    private void Inspect(ReadOnlySpan<byte> bytes)
    {
        var at = _begun ? -1 : bytes.IndexOfAnyExcept(" \t\r\n\uFEFF"u8);
        if (at < 0)
        {
            return;
        }

        _begun = true;
        if (bytes[at] == '<')
        {
            throw new ProviderException(ProviderFailure.BadPayload, $"{request.Where} answered an HTML page instead of JSON.");
        }
    }

    private ProviderException Broken(Exception exception) => new($"The answer of {request.Where} broke off: {exception.Message}", exception);
}
