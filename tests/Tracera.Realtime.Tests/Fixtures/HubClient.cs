using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>A client of the hub that speaks and hears JSON.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HubClient> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? configure)
    {
        var client = new HubClient();
        configure?.Invoke(client._socket.Options);
        client._socket.Options.CollectHttpResponseDetails = true;
        await client._socket.ConnectAsync(address, Token);
        return client;
    }

    public Task SendAsync(string json, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json), type, true, Token);

    public async Task<JsonElement> AskAsync(string json)
    {
        await SendAsync(json);
        return await NextAsync();
    }

    /// <summary>Subscribes and gives the answer and the snapshot.</summary>
    public async Task<(JsonElement Answer, JsonElement Snapshot)> SubscribeAsync(string properties)
    {
        var answer = await AskAsync($$"""{"action":"subscribe",{{properties}}}""");
        Assert.Equal("subscribed", answer.Text("type"));
        var snapshot = await NextAsync();
        Assert.Equal("snapshot", snapshot.Text("type"));
        return (answer, snapshot);
    }

    public async Task<JsonElement> NextAsync() =>
        JsonDocument.Parse(await ReceiveAsync() ?? throw new InvalidOperationException($"Closed with {_socket.CloseStatus}.")).RootElement;

    /// <summary>Reads on until the hub closes, and answers the close.</summary>
    public async Task<int> AwaitCloseAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        var code = (int)_socket.CloseStatus!;
        if (_socket.State == WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        }

        return code;
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[32_768];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
