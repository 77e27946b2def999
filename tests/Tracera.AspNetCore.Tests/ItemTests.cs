using System.Net;

namespace Tracera.AspNetCore.Tests;

public sealed class ItemTests
{
    private static ApiHost NewHost(out Item knife, out Source steam, out Source buff)
    {
        var host = new ApiHost();
        host.Snapshots = new FakeSnapshots(host.Store);
        knife = host.Store.AddItem("★ Karambit | Doppler - Ruby");
        host.Store.AddItem("Plain");
        steam = host.Store.AddSource("steam", "steam", Currency.Usd, VolumeKind.Rolling24h);
        buff = host.Store.AddSource("buff163", "priceempire", Currency.Eur);
        host.Store.AddTick(knife, steam, 14500.00m, ApiHost.Now.AddMinutes(-10), 12m);
        host.Store.AddTick(knife, buff, 13999.5m, ApiHost.Now.AddMinutes(-5).AddMicroseconds(250));
        host.Figures.Add(knife, buff, Window.Day1, 5, 14000, ApiHost.Now, (MetricFields.PercentChange, -1.25));
        return host;
    }

    [Fact]
    public async Task List_WithPrices_HasTheContractsShape()
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();

        Answers.IsJson(
            """
            {"items":[
              {"id":1,"name":"★ Karambit | Doppler - Ruby","category":"steam:730","source":"buff163","price":13999.5,"currency":"EUR","observed_at":"2026-03-01T11:55:00.00025Z","change_24h":-1.25},
              {"id":2,"name":"Plain","category":"steam:730","source":null,"price":null,"currency":null,"observed_at":null,"change_24h":null}],
             "next":null}
            """,
            await host.ReadAsync("/api/v1/items"));
    }

    [Fact]
    public async Task List_OfASource_ShowsThatSourcesPrice()
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();

        var page = await host.ReadJsonAsync("/api/v1/items?source=steam&search=karambit");

        Assert.Equal("14500.00", Assert.Single(page["items"]!.AsArray())!["price"]!.ToJsonString());
    }

    [Fact]
    public async Task Item_WithPrices_HasTheContractsShape()
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();

        Answers.IsJson(
            """
            {"id":1,"name":"★ Karambit | Doppler - Ruby","category":"steam:730","sources":[
              {"source":"steam","provider":"steam","price":14500.00,"currency":"USD","volume":12,"volume_kind":"rolling_24h","observed_at":"2026-03-01T11:50:00Z","received_at":"2026-03-01T11:50:01.5Z","change_24h":null},
              {"source":"buff163","provider":"priceempire","price":13999.5,"currency":"EUR","volume":null,"volume_kind":"stock","observed_at":"2026-03-01T11:55:00.00025Z","received_at":"2026-03-01T11:55:01.50025Z","change_24h":-1.25}]}
            """,
            await host.ReadAsync("/api/v1/items/1"));
    }

    [Fact]
    public async Task List_ByCursor_ReachesEveryItemOnce()
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();
        for (var i = 3; i <= 250; i++)
        {
            host.Store.AddItem($"Item {i}");
        }

        var (ids, cursor) = (new List<int>(), (string?)null);
        do
        {
            var page = await host.ReadJsonAsync($"/api/v1/items?cursor={Uri.EscapeDataString(cursor ?? "")}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, 100);
            ids.AddRange(page["items"]!.AsArray().Select(row => row!["id"]!.GetValue<int>()));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 250), ids);
    }

    [Fact]
    public async Task List_OfAHundred_CostsOneReadOfEachKind()
    {
        await using var host = await NewHost(out _, out var steam, out _).StartAsync();
        for (var i = 3; i <= 100; i++)
        {
            host.Store.AddTick(host.Store.AddItem($"Item {i}"), steam, i, ApiHost.Now);
        }

        await host.ReadAsync("/api/v1/items");
        host.Store.Calls.Clear();
        var (snapshots, figures) = (host.Snapshots!.Reads, host.Figures.Reads);
        var page = await host.ReadJsonAsync("/api/v1/items");

        Assert.Equal(100, page["items"]!.AsArray().Count);
        Assert.Equal(["list"], host.Store.Calls);
        Assert.Equal((1, 1), (host.Snapshots.Reads - snapshots, host.Figures.Reads - figures));
    }

    [Theory]
    [InlineData("limit=0", "limit", "0", "1 to 1000")]
    [InlineData("limit=1001", "limit", "1001", "1 to 1000")]
    [InlineData("limit=ten", "limit", "ten", "1 to 1000")]
    [InlineData("source=nowhere", "source", "nowhere", "buff163, steam")]
    [InlineData("search=a%00b", "search", "a\\u0000b", "text without control characters")]
    public async Task List_OfABadValue_Answers400ThatNamesIt(string query, string parameter, string value, string allowed)
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();

        var problem = await host.ProblemAsync($"/api/v1/items?{query}", HttpStatusCode.BadRequest);

        Assert.Equal(
            $$"""{"type":"about:blank","title":"Bad Request","status":400,"detail":"The value \u0027{{value}}\u0027 of \u0027{{parameter}}\u0027 is refused; allowed: {{allowed}}.","code":"bad_parameter","parameter":"{{parameter}}","value":"{{value}}","allowed":"{{allowed}}"}""",
            problem.ToJsonString());
    }

    [Fact]
    public async Task List_OfAForeignCursor_Answers400ThatNamesIt()
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();

        var problem = await host.ProblemAsync("/api/v1/items?cursor=zzz", HttpStatusCode.BadRequest);

        Assert.Equal(("cursor", "zzz"), (problem["parameter"]!.GetValue<string>(), problem["value"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("0")]
    [InlineData("knife")]
    public async Task Item_Unknown_Answers404(string id)
    {
        await using var host = await NewHost(out _, out _, out _).StartAsync();

        foreach (var tail in (string[])["", "/history", "/ticks", "/volatility"])
        {
            var problem = await host.ProblemAsync($"/api/v1/items/{id}{tail}", HttpStatusCode.NotFound);
            Assert.Equal("unknown_item", problem["code"]!.GetValue<string>());
            Assert.Contains($"'{id}'", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }
}
