using System.Net;
using System.Text.Json.Nodes;

namespace Tracera.AspNetCore.Tests;

public sealed class HistoryTests
{
    private static ApiHost NewHost()
    {
        var host = new ApiHost();
        var item = host.Store.AddItem("A");
        var steam = host.Store.AddSource("steam", "steam", Currency.Usd);
        var buff = host.Store.AddSource("buff163", "priceempire", Currency.Usd);
        host.Store.AddSource("buff163", "priceempire", Currency.Eur);
        host.Store.AddTick(item, steam, 10m, ApiHost.Now.AddHours(-1));
        host.Store.AddTick(item, buff, 11m, ApiHost.Now.AddMinutes(-1));
        return host;
    }

    private static void AddBars(ApiHost host, int count, TimeSpan width, Func<int, decimal>? price = null)
    {
        for (var i = count; i > 0; i--)
        {
            var close = price is null ? 100m + (i % 7) : price(i);
            var start = UnixTime.ToMicroseconds(BarLevel.Minute15.Floor(ApiHost.Now) - (width * (i - 1)));
            host.Store.Bars.Add(new Bar(start, 100.50m, close + 1, 99m, close, i % 2 == 0 ? null : 3m, new BarMoments(2, 0.25, 1, 1, 1, 1)));
        }
    }

    private static async Task<List<JsonNode>> ReadAllAsync(ApiHost host, string path, string? cursor = null)
    {
        var rows = new List<JsonNode>();
        do
        {
            var page = await host.ReadJsonAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            rows.AddRange(page["items"]!.AsArray().Select(row => row!));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        return rows;
    }

    [Fact]
    public async Task History_OfAWindow_HasTheContractsShape()
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 1, TimeSpan.FromMinutes(15));

        Answers.IsJson(
            """
            {"item_id":1,"source":"buff163","provider":"priceempire","currency":"USD","resolution":"15m","from":"2026-02-28T12:15:00Z","to":"2026-03-01T12:15:00Z",
             "items":[{"time":"2026-03-01T12:00:00Z","open":100.50,"high":102,"low":99,"close":101,"mean":100.75,"volume":3,"n":2}],"next":null}
            """,
            await host.ReadAsync("/api/v1/items/1/history?window=24h"));
    }

    [Theory]
    [InlineData(1, 0, "1m", 96)]
    [InlineData(1, 10, "15m", 96)]
    [InlineData(40, 50, "1h", 96)]
    [InlineData(40, 0, "1m", 96)]
    public async Task History_OfASpanWhoseNarrowBarsHaveGone_IsOfThoseThatAreKept(int minutesGoneAfterDays, int quartersGoneAfterDays, string resolution, int bars)
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 100 * 96, TimeSpan.FromMinutes(15));
        var from = BarLevel.Day1.Floor(ApiHost.Now).AddDays(-60);
        host.Store.KeptFrom[BarLevel.Minute1] = quartersGoneAfterDays == 0 ? default : from.AddDays(minutesGoneAfterDays);
        host.Store.KeptFrom[BarLevel.Minute15] = quartersGoneAfterDays == 50 ? from.AddDays(quartersGoneAfterDays) : default;

        var answer = await host.ReadJsonAsync($"/api/v1/items/1/history?from={from:yyyy-MM-ddTHH:mm:ssZ}&to={from.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}&limit=5000");

        Assert.Equal((resolution, bars), (answer["resolution"]!.GetValue<string>(), answer["items"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("source=steam", "steam", "USD")]
    [InlineData("source=buff163", "buff163", "USD")]
    [InlineData("source=buff163&currency=eur", "buff163", "EUR")]
    [InlineData("provider=steam", "steam", "USD")]
    [InlineData("", "buff163", "USD")]
    public async Task History_WhereSeveralSeriesPass_ReadsTheOneWithTheNewestPrice(string query, string source, string currency)
    {
        await using var host = await NewHost().StartAsync();

        var answer = await host.ReadJsonAsync($"/api/v1/items/1/history?{query}");

        Assert.Equal((source, currency), (answer["source"]!.GetValue<string>(), answer["currency"]!.GetValue<string>()));
    }

    [Fact]
    public async Task History_OfANameThatANewSeriesCarriesToo_KnowsItWithinSeconds()
    {
        await using var host = await NewHost().StartAsync();
        await host.ReadAsync("/api/v1/items/1/history?source=steam");
        host.Store.AddTick(host.Store.Items[0], host.Store.AddSource("steam", "steam", Currency.Eur), 9m, ApiHost.Now);
        host.Time.Advance(TimeSpan.FromSeconds(11));

        var answer = await host.ReadJsonAsync("/api/v1/items/1/history?source=steam");

        Assert.Equal("EUR", answer["currency"]!.GetValue<string>());
    }

    [Fact]
    public async Task History_OfAnItemWithoutPrices_IsEmpty()
    {
        await using var host = await NewHost().StartAsync();
        host.Store.AddItem("B");

        var answer = await host.ReadJsonAsync("/api/v1/items/2/history");

        Assert.Null(answer["source"]);
        Assert.Empty(answer["items"]!.AsArray());
    }

    [Fact]
    public async Task History_ByCursor_StaysWithSeriesAndRangeOfItsFirstPage()
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 90, TimeSpan.FromMinutes(15));
        var first = await host.ReadJsonAsync("/api/v1/items/1/history?window=24h&limit=40");
        host.Store.AddTick(host.Store.Items[0], host.Store.Sources[0], 12m, ApiHost.Now);
        host.Time.Advance(TimeSpan.FromHours(3));
        var rest = await ReadAllAsync(host, "/api/v1/items/1/history?limit=40", first["next"]!.GetValue<string>());

        Assert.Equal(90, first["items"]!.AsArray().Count + rest.Count);
        Assert.Equal([2], host.Store.BarQueries.Select(query => query.Series.Source.Value).Distinct());
        Assert.Single(host.Store.BarQueries.Select(query => (query.From, query.To)).Distinct());
    }

    [Fact]
    public async Task Bands_OnAnyPaging_AreThoseOfOneLongList()
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 90, TimeSpan.FromMinutes(15));

        var whole = await ReadAllAsync(host, "/api/v1/items/1/history?window=24h&bands=true&limit=5000");
        var paged = await ReadAllAsync(host, "/api/v1/items/1/history?window=24h&bands=true&limit=7");

        Assert.Equal(whole.Select(bar => bar.ToJsonString()), paged.Select(bar => bar.ToJsonString()));
        Assert.Equal("""{"upper":null,"middle":null,"lower":null}""", whole[18]["bands"]!.ToJsonString());
        var closes = whole[10..30].Select(bar => bar["close"]!.GetValue<double>()).ToList();
        var deviation = Math.Sqrt(closes.Sum(close => Math.Pow(close - closes.Average(), 2)) / 20);
        Assert.Equal(closes.Average(), whole[29]["bands"]!["middle"]!.GetValue<double>(), 1e-12);
        Assert.Equal(closes.Average() + (2 * deviation), whole[29]["bands"]!["upper"]!.GetValue<double>(), 1e-12);
        Assert.Equal(closes.Average() - (2 * deviation), whole[29]["bands"]!["lower"]!.GetValue<double>(), 1e-12);
    }

    [Theory]
    [InlineData("", 20, 2)]
    [InlineData("&period=20&k=2", 20, 2)]
    [InlineData("&period=2&k=0.5", 2, 0.5)]
    [InlineData("&period=50&k=2.5", 50, 2.5)]
    [InlineData("&k=3", 20, 3)]
    public async Task Bands_OfAnyPeriodAndWidth_AreTheClassicForm(string query, int period, double width)
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 90, TimeSpan.FromMinutes(15));

        var rows = await ReadAllAsync(host, $"/api/v1/items/1/history?window=24h&bands=true{query}");

        Assert.Equal(90, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var bands = rows[i]["bands"]!;
            if (i < period - 1)
            {
                Assert.Null(bands["middle"]);
                continue;
            }

            var closes = rows[(i - period + 1)..(i + 1)].Select(bar => bar["close"]!.GetValue<double>()).ToList();
            var deviation = Math.Sqrt(closes.Sum(close => Math.Pow(close - closes.Average(), 2)) / period);
            Assert.Equal(closes.Average(), bands["middle"]!.GetValue<double>(), 1e-12);
            Assert.Equal(closes.Average() + (width * deviation), bands["upper"]!.GetValue<double>(), 1e-12);
            Assert.Equal(closes.Average() - (width * deviation), bands["lower"]!.GetValue<double>(), 1e-12);
        }
    }

    [Fact]
    public async Task Bands_WhereALargePriceHardlyMoves_LoseNothing()
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 30, TimeSpan.FromMinutes(15), i => 1_000_000_000m + (i % 2 * 0.000001m));

        var rows = await ReadAllAsync(host, "/api/v1/items/1/history?window=24h&bands=true&period=2&k=100");

        Assert.Equal(1_000_000_000.0000005 + 0.00005, rows[^1]["bands"]!["upper"]!.GetValue<double>(), 2e-7);
        Assert.NotEqual(rows[^1]["bands"]!["upper"]!.GetValue<double>(), rows[^1]["bands"]!["lower"]!.GetValue<double>());
    }

    [Fact]
    public async Task Bands_WhereBarsLieFarApart_ReachBackOverTheGaps()
    {
        await using var host = await NewHost().StartAsync();
        AddBars(host, 40, TimeSpan.FromMinutes(150));

        var rows = await ReadAllAsync(host, "/api/v1/items/1/history?window=24h&bands=true");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotNull(row["bands"]!["middle"]));
    }

    [Theory]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-02-02T00:00:00Z", "1m")]
    [InlineData("from=2026-02-01&to=2026-02-03", "15m")]
    [InlineData("from=2025-10-01", "6h")]
    [InlineData("from=1990-01-01", "7d")]
    [InlineData("from=2020-01-01&resolution=1m", "1m")]
    [InlineData("window=7d", "1h")]
    [InlineData("window=30d&resolution=1d", "1d")]
    public async Task History_WithoutAResolution_TakesTheNarrowestThatSuits(string query, string resolution)
    {
        await using var host = await NewHost().StartAsync();

        Assert.Equal(resolution, (await host.ReadJsonAsync($"/api/v1/items/1/history?{query}"))["resolution"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("window=2h", "window", "1h, 24h, 7d, 30d")]
    [InlineData("resolution=5m", "resolution", "1m, 15m, 1h, 6h, 1d, 7d")]
    [InlineData("limit=5001", "limit", "1 to 5000")]
    [InlineData("bands=yes", "bands", "true, false")]
    [InlineData("bands=true&period=1", "period", "2 to 500")]
    [InlineData("bands=true&period=501", "period", "2 to 500")]
    [InlineData("bands=true&period=2.5", "period", "2 to 500")]
    [InlineData("bands=true&k=0", "k", "a number above 0 up to 100")]
    [InlineData("bands=true&k=-1", "k", "a number above 0 up to 100")]
    [InlineData("bands=true&k=NaN", "k", "a number above 0 up to 100")]
    [InlineData("period=20", "period", "only together with 'bands=true'")]
    [InlineData("bands=false&k=2", "k", "only together with 'bands=true'")]
    [InlineData("source=nowhere", "source", "buff163, steam")]
    [InlineData("source=steam&currency=EUR", "currency", "USD")]
    [InlineData("source=steam&currency=x", "currency", "a code of three to eight letters or digits, such as USD")]
    [InlineData("source=steam&provider=skinport", "provider", "steam")]
    [InlineData("from=yesterday", "from", "an ISO 8601 instant such as 2026-01-31T12:00:00Z, or a date")]
    [InlineData("from=2026-02-02&to=2026-02-02", "from", "an instant before 'to'")]
    [InlineData("window=1h&from=2026-02-02", "window", "either 'window', or 'from' and 'to'")]
    [InlineData("cursor=%21", "cursor", "the 'next' of the page before")]
    [InlineData("cursor=OTksMCwwLDEsQDE", "cursor", "the 'next' of the page before")]
    public async Task History_OfABadValue_Answers400ThatSaysWhatIsAllowed(string query, string parameter, string allowed)
    {
        await using var host = await NewHost().StartAsync();

        var problem = await host.ProblemAsync($"/api/v1/items/1/history?{query}", HttpStatusCode.BadRequest);

        Assert.Equal((parameter, allowed), (problem["parameter"]!.GetValue<string>(), problem["allowed"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Ticks_OfEverySource_HaveTheContractsShapeAndPage()
    {
        await using var host = await NewHost().StartAsync();

        var rows = await ReadAllAsync(host, "/api/v1/items/1/ticks?limit=1");

        Assert.Equal(
            [
                """{"item_id":1,"source":"steam","price":10,"currency":"USD","volume":null,"observed_at":"2026-03-01T11:00:00Z","received_at":"2026-03-01T11:00:01.5Z"}""",
                """{"item_id":1,"source":"buff163","price":11,"currency":"USD","volume":null,"observed_at":"2026-03-01T11:59:00Z","received_at":"2026-03-01T11:59:01.5Z"}""",
            ],
            rows.Select(row => row.ToJsonString()));
    }

    [Theory]
    [InlineData("source=steam", 1)]
    [InlineData("source=buff163&currency=EUR", 0)]
    [InlineData("from=2026-03-01T11:30:00Z", 1)]
    [InlineData("from=2026-03-01T10:00Z&to=2026-03-01T11:00:00.0001Z", 1)]
    [InlineData("to=2026-02-01", 0)]
    public async Task Ticks_OfARangeOrSource_AreThoseOnly(string query, int count)
    {
        await using var host = await NewHost().StartAsync();

        Assert.Equal(count, (await host.ReadJsonAsync($"/api/v1/items/1/ticks?{query}"))["items"]!.AsArray().Count);
    }
}
