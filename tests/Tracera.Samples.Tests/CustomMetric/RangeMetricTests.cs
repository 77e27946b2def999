using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomMetric;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Tracera.EndToEnd.Tests;
using Tracera.Testing;

namespace Tracera.Samples.Tests.CustomMetric;

/// <summary>The sample's metric, registered by the sample's own program, wherever figures are shown.</summary>
public sealed class RangeMetricTests
{
    private const string Field = "range_percent";

    /// <summary>Of 90, 100 and 110 it is 8.2; with 120 it is 11.2.</summary>
    private const double StdDevOfTheFirst = 10;

    private static readonly SourceDescriptor Market = new("market", Currency.Usd);

    [Fact]
    public async Task Metric_AgainstTheWholeContract_KeepsEveryRule()
    {
        var stop = TestContext.Current.CancellationToken;

        await MetricConformance.For<RangeMetric>()
            .VerifyAsync(stop);
    }

    [Fact]
    public async Task Metric_AddedByOneLine_AppearsInTheApiTheCacheAndTheHub()
    {
        var stop = TestContext.Current.CancellationToken;
        var start = TimeProvider.System.GetUtcNow();
        var provider = new ScriptedProvider()
            .Cycle(cycle => cycle.Yield(Price(90m, start.AddSeconds(-3)), Price(110m, start.AddSeconds(-2)), Price(100m, start.AddSeconds(-1))))
            .Cycle(cycle => cycle.Yield(Price(120m, start)));
        using var folder = new TemporaryFolder();
        await using var sample = new WebApplicationFactory<RangeMetric>();
        await using var host = sample.WithWebHostBuilder(web => Configure(web, provider, folder.Path));
        host.UseKestrel();
        using var http = host.CreateClient();

        var id = await WhenPricedAsync(http, stop);
        await AssertFigureAsync(http, id, 3, 20d / 100 * 100, stop);
        using var hub = await HubClient.ConnectAsync(http.BaseAddress!, stop);
        await hub.SubscribeAsync(id, stop);
        await host.Services.GetRequiredService<IIngestionControl>().StartRunAsync(new RunRequest(["scripted"]), stop);

        const double Expected = 30d / 105 * 100;
        var update = await hub.WaitForAsync(message => (string?)message["type"] == "volatility" && (double?)message["stddev"] > StdDevOfTheFirst, stop);
        Assert.Equal(Expected, ((double?)update[Field])!.Value, 9);
        await AssertFigureAsync(http, id, 4, Expected, stop);
        var cached = await host.Services.GetRequiredService<IVolatilityCache>().GetAsync([new ItemId(id)], Window.Hour1, stop);
        Assert.Equal(Expected, Assert.Single(cached)[Field]!.Value, 9);
    }

    [Fact]
    public async Task Metric_AddedByOneLine_RanksItemsByItsFigure()
    {
        var stop = TestContext.Current.CancellationToken;
        var start = TimeProvider.System.GetUtcNow();
        var provider = new ScriptedProvider().Cycle(cycle => cycle.Yield(
            [
                .. Enumerable.Range(1, 9).Select(second => Price(second == 9 ? 125m : 100m, start.AddSeconds(-second), "Outlier")),
                .. Enumerable.Range(1, 3).Select(second => Price(90m + (10 * (second % 3)), start.AddSeconds(-second), "Swing")),
            ]));
        using var folder = new TemporaryFolder();
        await using var sample = new WebApplicationFactory<RangeMetric>();
        await using var host = sample.WithWebHostBuilder(web => Configure(web, provider, folder.Path));
        using var http = host.CreateClient();

        // The outlier has the wider range, the swing the larger score.
        Assert.Equal(["Swing", "Outlier"], (await RankedAsync(http, "", stop)).Select(row => (string?)row["name"]));
        Assert.Equal(["Swing", "Outlier"], (await RankedAsync(http, "&by=range_percent&order=asc", stop)).Select(row => (string?)row["name"]));
        var byRange = await RankedAsync(http, "&by=range_percent", stop);
        Assert.Equal(["Outlier", "Swing"], byRange.Select(row => (string?)row["name"]));
        Assert.Equal(25d / (925d / 9) * 100, (double)byRange[0][Field]!, 9);
        Assert.Equal(20, (double)byRange[1][Field]!, 9);
    }

    [Fact]
    public void Metric_WindowWithoutBars_HasNoFigure()
    {
        double[] values = [0];

        new RangeMetric().Compute(new MetricInput(Window.Hour1, default, null, []), values);

        Assert.Equal(double.NaN, values[0]);
    }

    private static void Configure(IWebHostBuilder web, ScriptedProvider provider, string folder)
    {
        web.UseUrls("http://127.0.0.1:0");
        web.UseSetting("Tracera:DataFolder", folder);
        web.UseSetting("Tracera:Providers:simulated:Enabled", "false");
        web.UseSetting("Tracera:Volatility:Interval", "00:00:00.1");
        web.ConfigureTestServices(services => services.AddTracera()
            .AddProvider(new ProviderRegistration("scripted", _ => provider, polling => polling.Interval = TimeSpan.FromDays(1))));
    }

    private static RawPrice Price(decimal price, DateTimeOffset at, string name = "Lantern") => new("test", name, price, Market, ObservedAt: at);

    /// <summary>Asks until both items are ranked with all their ticks.</summary>
    private static async Task<JsonNode[]> RankedAsync(HttpClient http, string query, CancellationToken stop)
    {
        while (true)
        {
            var answer = await http.GetFromJsonAsync<JsonNode>($"/api/v1/rankings/volatile?window=24h{query}", stop);
            JsonNode[] rows = [.. answer!["items"]!.AsArray().OfType<JsonNode>()];
            if (rows.Sum(row => (int)row["n"]!) == 12)
            {
                return rows;
            }
        }
    }

    private static async Task<int> WhenPricedAsync(HttpClient http, CancellationToken stop)
    {
        while (true)
        {
            var items = await http.GetFromJsonAsync<JsonNode>("/api/v1/items", stop);
            if (items!["items"]!.AsArray() is [{ } item])
            {
                return (int)item["id"]!;
            }
        }
    }

    /// <summary>Asks until each window holds so many ticks (each answer is the next question's signal), and looks at its figure.</summary>
    private static async Task AssertFigureAsync(HttpClient http, int id, int count, double expected, CancellationToken stop)
    {
        foreach (var window in Window.All)
        {
            JsonNode? answer;
            do
            {
                using var response = await http.GetAsync(new Uri($"/api/v1/items/{id}/volatility?window={window.Name}", UriKind.Relative), stop);
                answer = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonNode>(stop) : null;
            }
            while ((int?)answer?["n"] != count);

            Assert.Equal(expected, ((double?)answer[Field])!.Value, 9);
        }
    }
}
