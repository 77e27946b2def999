using System.Net.WebSockets;

namespace Tracera.Realtime.Connections;

/// <summary>Puts a client's frames together into messages of at most 4 KiB.</summary>
internal sealed class InboundReader(WebSocket socket)
{
    /// <summary>The largest message a client may send, in bytes.</summary>
    public const int MaxMessageBytes = 4_096;

    // One byte more, so that a message that is too big is seen before it is read.
    private readonly byte[] _buffer = new byte[MaxMessageBytes + 1];

    /// <summary>Reads the next message; its bytes are valid until the next call.</summary>
    public async ValueTask<(InboundKind Kind, ReadOnlyMemory<byte> Message)> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return (InboundKind.Close, default);
            }

            if (length > MaxMessageBytes)
            {
                return (InboundKind.TooBig, default);
            }

            if (part.EndOfMessage)
            {
                return (part.MessageType == WebSocketMessageType.Text ? InboundKind.Text : InboundKind.Binary, _buffer.AsMemory(0, length));
            }
        }
    }

    /// <summary>Reads on, without looking, until the client has answered a close.</summary>
    public async Task AwaitCloseAsync(CancellationToken cancellationToken)
    {
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }
}
