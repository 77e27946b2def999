using System.Net.WebSockets;
using System.Text.Json;
using Tracera.Realtime.Tests.Fixtures;

namespace Tracera.Realtime.Tests;

public class ProtocolTests
{
    [Fact(Timeout = 30_000)]
    public async Task Subscribe_OfKnownItems_AnswersAndSendsTheSnapshot()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 14500.00m), Values.Price(42, 3m, source: 2)));
        await using var client = await host.ConnectAsync();

        var (answer, snapshot) = await client.SubscribeAsync("""  "id":1,"item_ids":[1,42]  """);

        Assert.Equal("1", answer.Raw("id"));
        Assert.Equal("[1,42]", answer.Raw("item_ids"));
        Assert.Equal("[]", answer.Raw("rejected"));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("recovered").ValueKind);
        Assert.True(StreamPosition.TryParse(answer.Text("position"), out _));
        Assert.Equal(host.Market.Position.ToString(), snapshot.Text("position"));
        Assert.False(snapshot.GetProperty("stale").GetBoolean());
        Assert.Equal([14500m, 3m], snapshot.List("prices").Select(price => price.Price()));
        Assert.Equal("EUR", snapshot.List("prices")[1].Text("currency"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Price_OfASubscribedItem_HasTheContractsShapeAndTheExactDecimal()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[42]");

        host.Market.Publish(Values.Price(42, 14500.00m));

        Assert.Equal(
            $$"""{"type":"price","item_id":42,"price":14500.00,"currency":"USD","volume":12,"source":"steam","timestamp":"2026-03-01T12:00:00Z","position":"{{host.Market.Position}}"}""",
            (await client.NextAsync()).GetRawText());
        host.Market.Publish(Values.Price(42, 0.1234567890123456789012345678m, second: 5, volume: null));
        var next = await client.NextAsync();
        Assert.Equal("0.1234567890123456789012345678", next.Raw("price"));
        Assert.Equal("null", next.Raw("volume"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Volatility_OfASubscribedItem_NestsTheBandsAndWritesNullForWhatDoesNotExist()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[42]");

        host.Market.Publish(Values.Figures(42));

        Assert.Equal(
            $$$"""{"type":"volatility","item_id":42,"source":"steam","currency":"USD","window":"24h","n":9,"mean":100,"stddev":1.5,"percent_change":null,"trend_score":-0.25,"cov":0.015,"bollinger":{"upper":103,"middle":100,"lower":97},"depth":{"best":7},"timestamp":"2026-03-01T12:00:00Z","position":"{{{host.Market.Position}}}"}""",
            (await client.NextAsync()).GetRawText());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("\"channels\":[\"price\"]", "price")]
    [InlineData("\"channels\":[\"volatility\"]", "volatility")]
    public async Task Subscribe_WithOneChannel_HearsThatOneOnly(string channels, string heard)
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 1m)));
        await using var client = await host.ConnectAsync();
        var (_, snapshot) = await client.SubscribeAsync($"\"item_ids\":[1],{channels}");
        Assert.Equal(heard == "price" ? 1 : 0, snapshot.List("prices").Count);

        host.Market.Publish(heard == "price" ? [Values.Figures(1)] : []);
        host.Market.Publish(Values.Price(1, 2m, second: 1));
        host.Market.Publish(Values.Figures(1, second: 2));

        Assert.Equal(heard, (await client.NextAsync()).Text("type"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_WithOddIds_RejectsThemAndTakesEachOtherOnce()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        var (answer, _) = await client.SubscribeAsync("""  "id":"a","item_ids":[7,7,0,-3,"8",1.5,null,{"x":1},99999999999,5000,9]  """);

        Assert.Equal("\"a\"", answer.Raw("id"));
        Assert.Equal("[7,9]", answer.Raw("item_ids"));
        Assert.Equal("""[0,-3,"8",1.5,null,{"x":1},99999999999,5000]""", answer.Raw("rejected"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_BeyondTheLimit_RejectsTheRestAndSaysWhy()
    {
        await using var host = await HubHost.StartAsync(options => options.MaxSubscriptions = 3);
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2]");

        var (answer, _) = await client.SubscribeAsync("\"item_ids\":[2,3,4,5]");

        Assert.Equal("[2,3]", answer.Raw("item_ids"));
        Assert.Equal("[4,5]", answer.Raw("rejected"));
        Assert.Equal("too_many_items", (await client.NextAsync()).Text("code"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Unsubscribe_OfAnItem_EndsItsUpdates()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2]");

        var answer = await client.AskAsync("""{"action":"unsubscribe","id":2,"item_ids":[1,3]}""");
        host.Market.Publish(Values.Price(1, 1m), Values.Price(2, 2m));

        Assert.Equal("""{"type":"unsubscribed","id":2,"item_ids":[1],"rejected":[3]}""", answer.GetRawText());
        Assert.Equal(2, (await client.NextAsync()).Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Ping_WithAnId_IsAnsweredWithIt()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        Assert.Equal("""{"type":"pong","id":3}""", (await client.AskAsync("""{"action":"ping","id":3}""")).GetRawText());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("nonsense", "bad_json")]
    [InlineData("[1]", "bad_json")]
    [InlineData("""{"action":"\ud800"}""", "bad_json")]
    [InlineData("{}", "bad_action")]
    [InlineData("""{"action":"dance","id":5}""", "bad_action")]
    [InlineData("""{"action":"ping","id":{}}""", "bad_id")]
    [InlineData("""{"action":"subscribe"}""", "bad_item_ids")]
    [InlineData("""{"action":"subscribe","item_ids":[]}""", "bad_item_ids")]
    [InlineData("""{"action":"unsubscribe","item_ids":7}""", "bad_item_ids")]
    [InlineData("""{"action":"subscribe","item_ids":[1],"channels":["news"]}""", "bad_channels")]
    [InlineData("""{"action":"subscribe","item_ids":[1],"channels":[]}""", "bad_channels")]
    [InlineData("""{"action":"subscribe","item_ids":[1],"since":"yesterday!"}""", "bad_since")]
    [InlineData("""{"action":"subscribe","item_ids":[1],"since":5}""", "bad_since")]
    [InlineData("""{"action":"subscribe","item_ids":[1],"batch":"yes"}""", "bad_batch")]
    [InlineData("""{"action":"auth","token":"x"}""", "authentication_not_used")]
    public async Task Message_ThatIsMistaken_IsAnsweredWithAnError(string message, string code)
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        var error = await client.AskAsync(message);

        Assert.Equal("error", error.Text("type"));
        Assert.Equal(code, error.Text("code"));
        Assert.Equal(message.Contains("\"id\":5", StringComparison.Ordinal) ? "5" : "null", error.Raw("id"));
        Assert.NotEmpty(error.Text("message")!);
        Assert.Equal("pong", (await client.AskAsync("""{"action":"ping"}""")).Text("type"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Message_InABinaryFrame_IsAnsweredWithAnError()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"ping"}""", WebSocketMessageType.Binary);

        Assert.Equal("not_text", (await client.NextAsync()).Text("code"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Batch_WhereItIsAskedFor_SendsUpdatesAsArrays()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2],\"batch\":true");

        host.Market.Publish(Values.Price(1, 1m), Values.Price(2, 2m));

        var heard = new List<JsonElement>();
        while (heard.Count < 2)
        {
            heard.AddRange((await client.NextAsync()).EnumerateArray());
        }

        Assert.Equal([1, 2], heard.Select(price => price.Price()));
        Assert.Equal(host.Market.Position.ToString(), heard[1].Text("position"));
    }
}
