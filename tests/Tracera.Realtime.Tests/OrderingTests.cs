using Tracera.Realtime.Tests.Fixtures;

namespace Tracera.Realtime.Tests;

public class OrderingTests
{
    [Fact(Timeout = 60_000)]
    public async Task Clients_ThatJoinWhileUpdatesFlow_MissNothingAndNeverGoBackwards()
    {
        const int last = 2_000;
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 1m, second: 1)));
        var publishing = Task.Run(
            async () =>
            {
                for (var i = 2; i <= last; i++)
                {
                    host.Market.Publish(Values.Price(1, i, second: i));
                    await Task.Yield();
                }
            },
            TestContext.Current.CancellationToken);

        var clients = Enumerable.Range(0, 20).Select(_ => Task.Run(() => FollowAsync(host, last), TestContext.Current.CancellationToken));
        await Task.WhenAll(clients);
        await publishing;
    }

    [Theory(Timeout = 30_000)]
    [InlineData(RealtimeOptions.DefaultMaxTrackedItems)]
    [InlineData(0)]
    public async Task Update_ThatComesWhileTheSnapshotIsRead_IsInTheSnapshot(int tracked)
    {
        await using var host = await HubHost.StartAsync(
            options => options.MaxTrackedItems = tracked, before: host => host.Market.Store(Values.Price(1, 1m, second: 1)));
        await using var witness = await host.ConnectAsync();
        await witness.SubscribeAsync("\"item_ids\":[2]");
        host.Market.BeforeSnapshotIsGiven = async () =>
        {
            host.Market.Publish(Values.Price(1, 2m, second: 2), Values.Price(2, 9m, second: 2));
            await witness.NextAsync();
        };
        await using var client = await host.ConnectAsync();

        var (_, snapshot) = await client.SubscribeAsync("\"item_ids\":[1]");

        Assert.Equal(2, snapshot.List("prices").Single().Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Update_OlderThanTheSnapshot_IsNotSent()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 5m, second: 5)));
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");

        host.Market.Publish(Values.Price(1, 4m, second: 4));
        host.Market.Publish(Values.Price(1, 5m, second: 5));
        host.Market.Publish(Values.Price(1, 6m, second: 6));

        Assert.Equal(6, (await client.NextAsync()).Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Value_ThatASnapshotBrings_ReachesThoseWhoAreSubscribedAlready()
    {
        await using var host = await HubHost.StartAsync();
        await using var first = await host.ConnectAsync();
        await first.SubscribeAsync("\"item_ids\":[1]");
        host.Market.Store(Values.Price(1, 5m, second: 5));

        await using var second = await host.ConnectAsync();
        await second.SubscribeAsync("\"item_ids\":[1]");

        Assert.Equal(5, (await first.NextAsync()).Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Update_ForManyClients_IsEncodedOnce()
    {
        await using var host = await HubHost.StartAsync();
        var clients = new List<HubClient>();
        for (var i = 0; i < 10; i++)
        {
            clients.Add(await host.ConnectAsync());
            await clients[i].SubscribeAsync("\"item_ids\":[1]");
        }

        host.Market.Publish(Values.Price(1, 1m), Values.Price(2, 2m));
        foreach (var client in clients)
        {
            Assert.Equal(1, (await client.NextAsync()).Price());
            await client.DisposeAsync();
        }

        Assert.Equal(1, host.Meters[RealtimeTelemetry.Encoded]);
        Assert.Equal(10, host.Meters[RealtimeTelemetry.Offered]);
    }

    private static async Task FollowAsync(HubHost host, int last)
    {
        await using var client = await host.ConnectAsync();
        var (_, snapshot) = await client.SubscribeAsync("\"item_ids\":[1]");
        for (var seen = snapshot.List("prices").Single().Price(); seen < last;)
        {
            var next = (await client.NextAsync()).Price();
            Assert.True(next > seen, $"{next} came after {seen}.");
            seen = next;
        }
    }
}
