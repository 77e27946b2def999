using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracera.Samples.Tests;

/// <summary>A client of the hub over a real socket.</summary>
internal sealed class HubClient : IDisposable
{
    private const int MaxMessage = 1 << 20;
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[MaxMessage];

    public static async Task<HubClient> ConnectAsync(Uri host, CancellationToken stop)
    {
        var client = new HubClient();
        await client._socket.ConnectAsync(new UriBuilder(host) { Scheme = "ws", Path = "/api/v1/ws" }.Uri, stop);
        return client;
    }

    /// <summary>Subscribes to one item and waits until it is subscribed.</summary>
    public async Task SubscribeAsync(int item, CancellationToken stop)
    {
        var subscribe = new JsonObject { ["action"] = "subscribe", ["id"] = 1, ["item_ids"] = new JsonArray(item) };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(subscribe.ToJsonString()), WebSocketMessageType.Text, true, stop);
        await WaitForAsync(message => (string?)message["type"] == "subscribed", stop);
    }

    /// <summary>Reads until a message fits.</summary>
    public async Task<JsonNode> WaitForAsync(Predicate<JsonNode> fits, CancellationToken stop)
    {
        while (true)
        {
            var message = await ReadAsync(stop);
            if (fits(message))
            {
                return message;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonNode> ReadAsync(CancellationToken stop)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_buffer.AsMemory(length), stop);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        Assert.Equal(WebSocketMessageType.Text, part.MessageType);
        return JsonNode.Parse(_buffer.AsSpan(0, length))!;
    }
}
