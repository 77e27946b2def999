using System.Buffers;
using System.Net.WebSockets;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Connections;

/// <summary>Sends messages in frames of at most 16 KiB, and notices a client that leaves one unread.</summary>
/// <remarks>One thread uses it. After a call has answered false nothing but <see cref="CloseAsync"/> may follow.</remarks>
internal sealed class FrameSender(WebSocket socket, Task closing, RealtimeOptions options, TimeProvider time)
{
    private const int FrameBytes = 16_384;
    private byte[]? _buffer;
    private int _length;
    private Task _sending = Task.CompletedTask;

    /// <summary>Whether the client left a frame unread for too long.</summary>
    public bool IsDeaf { get; private set; }

    /// <summary>Adds to the message, sending full frames.</summary>
    public async ValueTask<bool> AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            _buffer ??= ArrayPool<byte>.Shared.Rent(FrameBytes);
            if (_length == FrameBytes && !await SendAsync(endOfMessage: false, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            var part = bytes[..Math.Min(bytes.Length, FrameBytes - _length)];
            part.CopyTo(_buffer.AsMemory(_length));
            _length += part.Length;
            bytes = bytes[part.Length..];
        }

        return true;
    }

    /// <summary>Ends the message.</summary>
    public ValueTask<bool> EndMessageAsync(CancellationToken cancellationToken) => SendAsync(endOfMessage: true, cancellationToken);

    /// <summary>Gives the buffer back between messages.</summary>
    public void Rest()
    {
        if (_buffer is { } buffer && _sending.IsCompleted)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _buffer = null;
        }
    }

    /// <summary>Sends the close frame, or cuts the connection when the client does not take it in time.</summary>
    public async Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        if (code == CloseCode.Broken)
        {
            socket.Abort();
            return;
        }

        try
        {
            await _sending.WaitAsync(options.CloseTimeout, time, cancellationToken).ConfigureAwait(false);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, CloseCode.ReasonOf(code), cancellationToken)
                    .WaitAsync(options.CloseTimeout, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            socket.Abort();
        }
    }

    // A send that is given up would break the connection and with it the close code, so it is left to itself until the close.
    private async ValueTask<bool> SendAsync(bool endOfMessage, CancellationToken cancellationToken)
    {
        var bytes = _buffer.AsMemory(0, _length);
        _length = 0;
        var sending = socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage, cancellationToken);
        if (sending.IsCompleted)
        {
            await sending.ConfigureAwait(false);
            return true;
        }

        _sending = sending.AsTask();
        try
        {
            await Task.WhenAny(_sending, closing).WaitAsync(options.SendTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            IsDeaf = true;
            return false;
        }

        if (!_sending.IsCompleted)
        {
            return false;
        }

        await _sending.ConfigureAwait(false);
        return true;
    }
}
