using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using Tracera.EndToEnd.Tests;

namespace Tracera.Samples.Tests.EmbedInExisting;

/// <summary>What the shop gains by the change, and what stays its own.</summary>
public sealed class EmbeddingTests
{
    private const int MaxAdded = 15;

    [Fact]
    public async Task Change_OfTheProgram_AddsAtMostFifteenLinesAndTakesNoneAway()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Path.Combine(RepositoryPaths.Root, "samples", "EmbedInExisting");
        var before = new Queue<string>(await File.ReadAllLinesAsync(Path.Combine(folder, "before", "Program.cs"), stop));
        var added = new List<string>();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "Program.cs"), stop))
        {
            if (before.TryPeek(out var known) && known == line)
            {
                before.Dequeue();
            }
            else if (line.Length > 0)
            {
                added.Add(line);
            }
        }

        Assert.Empty(before);
        Assert.InRange(added.Count, 1, MaxAdded);
    }

    [Fact]
    public async Task Operator_IsWhoeverTheShopSays()
    {
        await using var shop = ShopHost.After();
        using var stranger = shop.Browse();
        using var ben = await shop.SignInAsync("ben", "kettle");
        using var ada = await shop.SignInAsync("ada", "lantern");

        foreach (var path in new[] { "/api/v1/runs", "/api/v1/providers", "/api/v1/pipeline", "/api/v1/dead-letters" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, path));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(ben, path));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(ada, path));
        }
    }

    [Fact]
    public async Task Prices_Flow_ToTheApiTheHubTheHealthPageAndTheMeters()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var shop = ShopHost.After();
        using var stranger = shop.Browse();
        var item = await WhenPricedAsync(stranger, stop);

        Assert.NotNull(item["price"]);
        using var hub = await HubClient.ConnectAsync(shop.Address, stop);
        await hub.SubscribeAsync((int)item["id"]!, stop);
        await hub.WaitForAsync(message => (string?)message["type"] == "price", stop);

        using var healthz = await stranger.GetAsync(new Uri("/healthz", UriKind.Relative), stop);
        var health = await healthz.Content.ReadAsStringAsync(stop);
        Assert.Equal(["ingestion", "shop", "store", "volatility"], health.Split('\n').Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
        using var ada = await shop.SignInAsync("ada", "lantern");
        Assert.Contains("Tracera tracera.ingestion.rows", await ada.GetStringAsync(new Uri("/metrics", UriKind.Relative), stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_OfTracera_LeavesEverythingOfTheShopAlive()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var shop = ShopHost.After();
        using var ben = await shop.SignInAsync("ben", "kettle");
        await WhenPricedAsync(ben, stop);

        var tracera = Assert.Single(shop.Services.GetServices<IHostedService>(), service => service.GetType().Namespace == "Tracera.Lifecycle");
        await tracera.StopAsync(stop);

        AssertNothingIsDisposed(shop);
        using var ordered = await ben.PostAsync(new Uri("/orders?item=Kettle", UriKind.Relative), null, stop);
        Assert.Contains("Kettle", await ben.GetStringAsync(new Uri("/orders", UriKind.Relative), stop), StringComparison.Ordinal);
        Assert.Contains("visit 42", await ben.GetStringAsync(new Uri("/", UriKind.Relative), stop), StringComparison.Ordinal);
    }

    /// <summary>What the app made itself is not the container's to dispose either, so whoever did would be Tracera.</summary>
    [Fact]
    public async Task End_OfTheHost_LeavesWhatTheShopMadeToTheShop()
    {
        var shop = ShopHost.After();
        using (var stranger = shop.Browse())
        {
            await WhenPricedAsync(stranger, TestContext.Current.CancellationToken);
        }

        await shop.DisposeAsync();

        AssertNothingIsDisposed(shop);
    }

    private static void AssertNothingIsDisposed(ShopHost shop)
    {
        Assert.False(shop.Database.IsDisposed);
        shop.Redis.DidNotReceive().Dispose();
        shop.Redis.DidNotReceive().Close();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<JsonNode> WhenPricedAsync(HttpClient browser, CancellationToken stop)
    {
        while (true)
        {
            var items = await browser.GetFromJsonAsync<JsonNode>("/api/v1/items?limit=1", stop);
            if (items!["items"]!.AsArray() is [{ } item] && item["price"] is not null)
            {
                return item;
            }
        }
    }
}
