using System.Buffers.Text;

namespace Tracera.Load;

/// <summary>Reads answers of HTTP/1.1 from the bytes of a connection: no more of it than what the measured server sends.</summary>
internal static class HttpAnswer
{
    private const int StatusAt = 9;

    /// <summary>Reads one answer, if all of it has come.</summary>
    /// <param name="received">What has come.</param>
    /// <param name="body">Where the body is put.</param>
    /// <param name="status">Its status.</param>
    /// <param name="length">How long the body is.</param>
    /// <returns>How many bytes it took; 0 while there is more to come.</returns>
    public static int Read(ReadOnlySpan<byte> received, Span<byte> body, out int status, out int length)
    {
        (status, length) = (0, 0);
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return 0;
        }

        var headers = received[..head];
        _ = Utf8Parser.TryParse(headers[StatusAt..], out status, out _);
        if (headers.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
        {
            return ReadChunks(received, head + 4, body, out length);
        }

        var at = headers.IndexOf("Content-Length: "u8);
        _ = at >= 0 && Utf8Parser.TryParse(headers[(at + 16)..], out length, out _);
        if (received.Length < head + 4 + length)
        {
            return 0;
        }

        received.Slice(head + 4, length).CopyTo(body);
        return head + 4 + length;
    }

    private static int ReadChunks(ReadOnlySpan<byte> received, int at, Span<byte> body, out int length)
    {
        length = 0;
        while (true)
        {
            var line = received[at..].IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(received.Slice(at, line), out int size, out _, 'x') || received.Length < at + line + 2 + size + 2)
            {
                return 0;
            }

            at += line + 2;
            received.Slice(at, size).CopyTo(body[length..]);
            (at, length) = (at + size + 2, length + size);
            if (size == 0)
            {
                return at;
            }
        }
    }
}
