using Microsoft.Extensions.DependencyInjection;
using Tracera.AspNetCore.Tests;
using Tracera.Realtime.Tests.Fixtures;
using Tracera.Testing;

namespace Tracera.Realtime.Tests;

public class GapTests
{
    [Fact(Timeout = 30_000)]
    public async Task Gap_WithLostUpdates_IsToldWithASnapshot()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2]");

        host.Market.Lose(Values.Price(1, 7m));
        host.Market.Publish(Values.Price(2, 8m));

        await AssertToldAsync(client, 7, 8);
        host.Market.Publish(Values.Price(1, 9m, second: 9));
        Assert.Equal(9, (await client.NextAsync()).Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Epoch_ThatChanges_IsToldWithASnapshot()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 7m)));
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2]");

        host.Market.Epoch++;
        host.Market.Publish(Values.Price(2, 8m));

        await AssertToldAsync(client, 7, 8);
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscription_ThatBreaks_IsMadeAgainAndToldWithASnapshot()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 7m)));
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2]");

        host.Market.Store(Values.Price(2, 8m));
        host.Market.BreakSubscriptions();

        await AssertToldAsync(client, 7, 8);
    }

    [Fact(Timeout = 30_000)]
    public async Task Gap_WhileTheSnapshotForAClientIsRead_MakesItReadAgain()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 1m, second: 1)));
        await using var witness = await host.ConnectAsync();
        await witness.SubscribeAsync("\"item_ids\":[2]");
        host.Market.BeforeSnapshotIsGiven = async () =>
        {
            host.Market.BeforeSnapshotIsGiven = null;
            host.Market.Lose(Values.Price(1, 2m, second: 2));
            host.Market.Publish(Values.Price(2, 9m));
            await witness.NextAsync();
        };
        await using var client = await host.ConnectAsync();

        var (_, snapshot) = await client.SubscribeAsync("\"item_ids\":[1]");

        Assert.Equal(2, snapshot.List("prices").Single().Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Gap_ThatNoSnapshotCanMend_ClosesWith4010()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");

        host.Market.SnapshotsFail = true;
        host.Market.Lose(Values.Price(1, 7m));
        host.Market.Publish(Values.Price(1, 8m));

        Assert.Equal(4010, await client.AwaitCloseAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_WhenNoSnapshotCanBeRead_ClosesWith4010()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.SnapshotsFail = true);
        await using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"subscribe","item_ids":[1]}""");

        Assert.Equal(4010, await client.AwaitCloseAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_WhileTheBusIsAway_ClosesWith4010AndTheHostStarts()
    {
        await using var host = await HubHost.StartAsync(
            options => options.SnapshotTimeout = TimeSpan.FromMilliseconds(50), before: host => host.Market.SourceFails = true);
        await using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"subscribe","item_ids":[1]}""");

        Assert.Equal(4010, await client.AwaitCloseAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_WhileTheCatalogueIsAway_TakesTheIds()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Catalog.IsAway = true);
        await using var client = await host.ConnectAsync();

        var (answer, _) = await client.SubscribeAsync("\"item_ids\":[1,5000]");

        Assert.Equal("[1,5000]", answer.Raw("item_ids"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_WhileNoSourceHasAName_IsStaleAndToldOnceTheCatalogueIsBack()
    {
        var time = new ManualTimeProvider();
        await using var host = await HubHost.StartAsync(time: time, before: host =>
        {
            host.Catalog.IsAway = true;
            host.Market.Store(Values.Price(1, 7m));
        });
        await using var client = await host.ConnectAsync();
        var (_, before) = await client.SubscribeAsync("\"item_ids\":[1]");

        host.Catalog.IsAway = false;
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(before.GetProperty("stale").GetBoolean());
        Assert.Empty(before.List("prices"));
        Assert.Equal("subscribed", (await client.NextAsync()).Text("type"));
        var after = await client.NextAsync();
        Assert.Equal((7, false), (after.List("prices").Single().Price(), after.GetProperty("stale").GetBoolean()));
    }

    [Fact(Timeout = 30_000)]
    public async Task Subscribe_HostThatStartsWhileTheCatalogueIsAway_IsNamedByTheKeptSources()
    {
        var kept = new FakeSourceCache(new Source(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd)));
        await using var host = await HubHost.StartAsync(services: services => services.AddSingleton<ISourceCache>(kept), before: host =>
        {
            host.Catalog.IsAway = true;
            host.Market.Store(Values.Price(1, 7m));
        });
        await using var client = await host.ConnectAsync();

        var (_, snapshot) = await client.SubscribeAsync("\"item_ids\":[1]");

        Assert.Equal((7, "steam"), (snapshot.List("prices").Single().Price(), snapshot.List("prices").Single().Text("source")));
    }

    [Fact(Timeout = 30_000)]
    public async Task Sources_ReadFromTheCatalogue_AreKept()
    {
        var kept = new FakeSourceCache();
        await using var host = await HubHost.StartAsync(
            services: services => services.AddSingleton<ISourceCache>(kept), before: host => host.Market.Store(Values.Price(1, 7m)));
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("\"item_ids\":[1]");

        Assert.Equal(host.Catalog.Sources, kept.Kept);
    }

    [Fact(Timeout = 30_000)]
    public async Task Update_OfANewSource_IsNamedByReadingTheCatalogueAgain()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 7m)));
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");

        host.Catalog.Sources.Add(new Source(new SourceId(3), "skinport", new SourceDescriptor("skinport", Currency.Eur)));
        host.Market.Publish(Values.Price(1, 7m, source: 3));

        Assert.Equal("skinport", (await client.NextAsync()).Text("source"));
    }

    private static async Task AssertToldAsync(HubClient client, params decimal[] prices)
    {
        var told = await client.NextAsync();
        while (told.Text("type") == "price")
        {
            told = await client.NextAsync();
        }

        Assert.Equal("subscribed", told.Text("type"));
        Assert.False(told.GetProperty("recovered").GetBoolean());
        var snapshot = await client.NextAsync();
        Assert.Equal("snapshot", snapshot.Text("type"));
        Assert.Equal(prices, snapshot.List("prices").Select(price => price.Price()));
    }
}
