using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.AspNetCore.Tests;

public sealed class VolatilityTests
{
    private static ApiHost NewHost()
    {
        var host = new ApiHost();
        var (a, b) = (host.Store.AddItem("A"), host.Store.AddItem("B"));
        var steam = host.Store.AddSource("steam", "steam", Currency.Usd);
        var buff = host.Store.AddSource("buff163", "priceempire", Currency.Usd);
        var euro = host.Store.AddSource("buff163", "priceempire", Currency.Eur);
        host.Store.AddTick(b, steam, 3m, ApiHost.Now);
        host.Figures.Add(
            a,
            steam,
            Window.Day1,
            9,
            0.1 + 0.2,
            ApiHost.Now.AddTicks(7),
            (MetricFields.StdDev, 0.5),
            (MetricFields.BollingerMiddle, 1),
            (MetricFields.BollingerUpper, 2),
            (MetricFields.BollingerLower, double.NaN),
            (MetricFields.PercentChange, -3.5),
            (MetricFields.Cov, 0.25),
            (MetricFields.TrendScore, 1e-9),
            (MetricFields.TrendR2, double.NaN),
            (MetricFields.VolatilityScore, 0.25),
            ("range", 12.5),
            ("mine.deep.value", double.NaN),
            ("bollinger.width", 4));
        host.Figures.Add(a, buff, Window.Day1, 4, 2, ApiHost.Now, (MetricFields.VolatilityScore, 0.9));
        host.Figures.Add(b, buff, Window.Day1, 7, 2, ApiHost.Now, (MetricFields.VolatilityScore, 0.5));
        host.Figures.Add(b, euro, Window.Day1, 5, 2, ApiHost.Now, (MetricFields.VolatilityScore, 0.7));
        return host;
    }

    [Fact]
    public async Task Volatility_OfASeries_HasEveryFigureAndThoseOfTheAppsMetrics()
    {
        await using var host = await NewHost().StartAsync();

        Answers.IsJson(
            """
            {"item_id":1,"window":"24h","source":"steam","provider":"steam","currency":"USD","n":9,"mean":0.30000000000000004,"stddev":0.5,
             "bollinger":{"upper":2,"middle":1,"lower":null,"width":4},"percent_change":-3.5,"cov":0.25,"trend_score":1E-09,"trend_r2":null,
             "log_return_vol":null,"ewma_vol":null,"volatility_score":0.25,"computed_at":"2026-03-01T12:00:00Z","range":12.5,"mine":{"deep":{"value":null}}}
            """,
            await host.ReadAsync("/api/v1/items/1/volatility"));
    }

    [Theory]
    [InlineData("", "steam", 9)]
    [InlineData("?source=buff163", "buff163", 4)]
    [InlineData("?window=24h&provider=priceempire", "buff163", 4)]
    public async Task Volatility_WhereSeveralSeriesPass_IsOfTheMostObserved(string query, string source, long n)
    {
        await using var host = await NewHost().StartAsync();

        var answer = await host.ReadJsonAsync($"/api/v1/items/1/volatility{query}");

        Assert.Equal((source, n), (answer["source"]!.GetValue<string>(), answer["n"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Volatility_BeforeAnythingWasComputed_HasNoObservation()
    {
        await using var host = await NewHost().StartAsync();

        Answers.IsJson(
            """
            {"item_id":2,"window":"7d","source":"steam","provider":"steam","currency":"USD","n":0,"mean":null,"stddev":null,
             "bollinger":{"upper":null,"middle":null,"lower":null},"percent_change":null,"cov":null,"trend_score":null,"trend_r2":null,
             "log_return_vol":null,"ewma_vol":null,"volatility_score":null,"computed_at":null}
            """,
            await host.ReadAsync("/api/v1/items/2/volatility?window=7d"));
    }

    [Fact]
    public async Task Ranking_OfAll_HasItemsInOrder()
    {
        await using var host = await NewHost().StartAsync();

        Answers.IsJson(
            """
            {"window":"24h","by":"volatility_score","items":[
              {"rank":1,"item_id":2,"name":"B","category":"steam:730","source":"buff163","provider":"priceempire","currency":"USD","volatility_score":0.5,"n":7,"mean":2,"stddev":null,"percent_change":null,"trend_score":null,
               "bollinger":{"upper":null,"middle":null,"lower":null},"cov":null,"trend_r2":null,"log_return_vol":null,"ewma_vol":null,"computed_at":"2026-03-01T12:00:00Z"},
              {"rank":2,"item_id":1,"name":"A","category":"steam:730","source":"steam","provider":"steam","currency":"USD","volatility_score":0.25,"n":9,"mean":0.30000000000000004,"stddev":0.5,"percent_change":-3.5,"trend_score":1E-09,
               "bollinger":{"upper":2,"middle":1,"lower":null,"width":4},"cov":0.25,"trend_r2":null,"log_return_vol":null,"ewma_vol":null,"computed_at":"2026-03-01T12:00:00Z",
               "range":12.5,"mine":{"deep":{"value":null}}}],
             "next":null}
            """,
            await host.ReadAsync("/api/v1/rankings/volatile"));
    }

    [Theory]
    [InlineData("order=asc", new[] { 1, 2 })]
    [InlineData("limit=1", new[] { 2 })]
    [InlineData("source=buff163", new[] { 1, 2 })]
    [InlineData("source=buff163&limit=1", new[] { 1 })]
    [InlineData("source=buff163&currency=EUR", new[] { 2 })]
    [InlineData("window=1h", new int[0])]
    [InlineData("by=volatility_score", new[] { 2, 1 })]
    [InlineData("by=range", new[] { 1 })]
    [InlineData("by=bollinger.middle&order=asc", new[] { 1 })]
    [InlineData("by=trend_r2", new int[0])]
    [InlineData("by=nobody_computes_it", new int[0])]
    public async Task Ranking_AsAsked_HasThoseItems(string query, int[] items)
    {
        await using var host = await NewHost().StartAsync();

        var answer = await host.ReadJsonAsync($"/api/v1/rankings/volatile?{query}");

        Assert.Equal(items, answer["items"]!.AsArray().Select(row => row!["item_id"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("by=range_percent", HttpStatusCode.OK)]
    [InlineData("by=cov", HttpStatusCode.OK)]
    [InlineData("by=bollinger", HttpStatusCode.BadRequest)]
    [InlineData("by=mean", HttpStatusCode.BadRequest)]
    public async Task Ranking_WhereTheAppsMetricsAreKnown_TakesOnlyWhatTheyCompute(string query, HttpStatusCode status)
    {
        var host = NewHost();
        host.Services = services => services.AddTracera().AddMetric<RangeMetric>();
        await using var started = await host.StartAsync();

        using var response = await host.Client.GetAsync(new Uri($"/api/v1/rankings/volatile?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("order=up", "order")]
    [InlineData("order=1", "order")]
    [InlineData("window=1d", "window")]
    [InlineData("source=nowhere", "source")]
    [InlineData("limit=-1", "limit")]
    public async Task Ranking_OfABadValue_Answers400(string query, string parameter)
    {
        await using var host = await NewHost().StartAsync();

        var problem = await host.ProblemAsync($"/api/v1/rankings/volatile?{query}", HttpStatusCode.BadRequest);

        Assert.Equal(parameter, problem["parameter"]!.GetValue<string>());
    }

    private sealed class RangeMetric : IVolatilityMetric
    {
        public IReadOnlyList<string> Fields { get; } = ["range_percent"];

        public void Compute(in MetricInput input, Span<double> values) => values.Fill(1);
    }
}
