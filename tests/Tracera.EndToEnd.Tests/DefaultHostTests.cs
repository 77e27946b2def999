using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracera.EndToEnd.Tests;

/// <summary>What somebody sees who starts the host with nothing configured.</summary>
public sealed class DefaultHostTests
{
    [Fact]
    public async Task Host_WithoutConfiguration_ServesItemsRunsAndLiveUpdates()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, stop);

        var run = await RunWatch.WaitForEndAsync(host, stop);
        var row = Assert.Single(run["providers"]!.AsArray())!;
        Assert.Equal("completed", (string?)run["state"], ignoreCase: true);
        Assert.Equal("simulated", (string?)row["provider"]);

        var items = await host.GetAllAsync("/api/v1/items", stop);
        Assert.Equal(500, items.Count);
        Assert.Equal(500, items.Select(item => (string?)item["name"]).Distinct().Count());

        var seen = await ListenAsync(host, [.. items.Take(200).Select(item => (int)item["id"]!)], stop);
        Assert.Contains("snapshot", seen);
        Assert.Contains("price", seen);
        Assert.Contains("volatility", seen);

        Assert.Contains("text/html", await ContentTypeAsync(host, "/", stop), StringComparison.Ordinal);
        Assert.Contains("application/json", await ContentTypeAsync(host, "/openapi/v1.json", stop), StringComparison.Ordinal);
        Assert.NotNull(await host.GetAsync("/health/ready", stop));
        Assert.True(Directory.EnumerateFiles(folder.Path).Any(), "The store is in the data folder.");
    }

    /// <summary>Subscribes and reads until a price and a volatility update have come after the snapshot.</summary>
    private static async Task<HashSet<string>> ListenAsync(HostProcess host, int[] ids, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(host.WebSocketAddress, stop);
        var subscribe = new JsonObject
        {
            ["action"] = "subscribe",
            ["id"] = 1,
            ["item_ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        };
        await socket.SendAsync(Encoding.UTF8.GetBytes(subscribe.ToJsonString()), WebSocketMessageType.Text, true, stop);

        var seen = new HashSet<string>();
        var buffer = new byte[1 << 20];
        while (!(seen.Contains("price") && seen.Contains("volatility")))
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            seen.Add((string)JsonNode.Parse(buffer.AsSpan(0, length))!["type"]!);
        }

        return seen;
    }

    private static async Task<string> ContentTypeAsync(HostProcess host, string path, CancellationToken stop)
    {
        using var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative), stop);
        Assert.True(response.IsSuccessStatusCode, $"GET {path} answered {response.StatusCode}.");
        return response.Content.Headers.ContentType!.ToString();
    }
}
