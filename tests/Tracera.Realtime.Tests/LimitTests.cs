using System.Net;
using System.Net.WebSockets;
using Tracera.Realtime.Tests.Fixtures;

namespace Tracera.Realtime.Tests;

public class LimitTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(4_096, false)]
    [InlineData(4_097, true)]
    [InlineData(20_000, true)]
    public async Task Message_LargerThan4KiB_ClosesWith1009(int bytes, bool closes)
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"ping"}""".PadRight(bytes));

        if (closes)
        {
            Assert.Equal(1009, await client.AwaitCloseAsync());
        }
        else
        {
            Assert.Equal("pong", (await client.NextAsync()).Text("type"));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Messages_ThatAreMistakenAgainAndAgain_CloseWith4501()
    {
        await using var host = await HubHost.StartAsync(options => options.MaxErrorsPerMinute = 3);
        await using var client = await host.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("error", (await client.AskAsync("{}")).Text("type"));
        }

        await client.SendAsync("{}");

        Assert.Equal(4501, await client.AwaitCloseAsync());
        await host.Meters.WhenAsync($"{RealtimeTelemetry.Closes}:4501", 1, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 30_000)]
    public async Task Messages_BeyondTheRate_CloseWith4505()
    {
        await using var host = await HubHost.StartAsync(options => options.MaxMessagesPerMinute = 2);
        await using var client = await host.ConnectAsync();
        await client.AskAsync("""{"action":"ping"}""");
        await client.AskAsync("""{"action":"ping"}""");

        await client.SendAsync("""{"action":"ping"}""");

        Assert.Equal(4505, await client.AwaitCloseAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Messages_WithinTheRateInOneBurst_AreAllAnswered()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        for (var id = 0; id < RealtimeOptions.DefaultMaxMessagesPerMinute; id++)
        {
            await client.SendAsync($$"""{"action":"ping","id":{{id}}}""");
        }

        for (var id = 0; id < RealtimeOptions.DefaultMaxMessagesPerMinute; id++)
        {
            Assert.Equal(id, (await client.NextAsync()).GetProperty("id").GetInt32());
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData(1, 0)]
    [InlineData(10, 1)]
    public async Task Connection_BeyondTheLimit_IsClosedWith4505UntilAPlaceIsFree(int all, int perAddress)
    {
        await using var host = await HubHost.StartAsync(options =>
        {
            options.MaxConnections = all;
            options.MaxConnectionsPerAddress = perAddress;
        });
        await using var first = await host.ConnectAsync();
        await first.AskAsync("""{"action":"ping"}""");
        await using var second = await host.ConnectAsync();

        Assert.Equal(4505, await second.AwaitCloseAsync());
        await first.CloseAsync();
        await host.Meters.WhenAsync($"{RealtimeTelemetry.Closes}:1000", 1, TestContext.Current.CancellationToken);
        HubClient? third = null;
        while (third is null)
        {
            third = await TryEnterAsync(host);
        }

        await third.DisposeAsync();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData(null, 403)]
    [InlineData("https://app.example", 101)]
    public async Task Handshake_WithACookie_NeedsAnAllowedOrigin(string? origin, int status)
    {
        await using var host = await HubHost.StartAsync(settings: new() { ["Tracera:Realtime:AllowedOrigins:0"] = "https://app.example" });
        var connecting = host.ConnectAsync(options =>
        {
            options.SetRequestHeader("Cookie", "session=1");
            options.SetRequestHeader("Origin", origin);
        });

        if (status == 101)
        {
            await using var client = await connecting;
            Assert.Equal("pong", (await client.AskAsync("""{"action":"ping"}""")).Text("type"));
        }
        else
        {
            Assert.Contains("403", (await Assert.ThrowsAsync<WebSocketException>(() => connecting)).Message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Handshake_OfTheHostsOwnPageOrWithoutACookie_IsLetIn()
    {
        await using var host = await HubHost.StartAsync();
        await using var foreign = await host.ConnectAsync(options => options.SetRequestHeader("Origin", "https://evil.example"));
        await using var own = await host.ConnectAsync(options =>
        {
            options.SetRequestHeader("Cookie", "session=1");
            options.SetRequestHeader("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        });

        Assert.Equal("pong", (await foreign.AskAsync("""{"action":"ping"}""")).Text("type"));
        Assert.Equal("pong", (await own.AskAsync("""{"action":"ping"}""")).Text("type"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Request_WithoutAHandshake_IsAnswered426()
    {
        await using var host = await HubHost.StartAsync();
        using var http = new HttpClient();

        var answer = await http.GetAsync(new Uri(host.Address, "/api/v1/ws"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    // The place is given back a moment after the close was counted.
    private static async Task<HubClient?> TryEnterAsync(HubHost host)
    {
        var client = await host.ConnectAsync();
        try
        {
            await client.SubscribeAsync("\"item_ids\":[1]");
            return client;
        }
        catch (InvalidOperationException)
        {
            await client.DisposeAsync();
            return null;
        }
    }
}
