using System.Text.Json;
using Tracera.Realtime.Tests.Fixtures;
using Tracera.Testing;

namespace Tracera.Realtime.Tests;

public class RecoveryTests
{
    [Fact(Timeout = 30_000)]
    public async Task Since_WithinWhatIsKnown_GivesTheMissedUpdatesOnly()
    {
        await using var host = await HubHost.StartAsync();
        var position = await SubscribeAndLeaveAsync(host, 1, 2);
        await using var witness = await host.ConnectAsync();
        await witness.SubscribeAsync("\"item_ids\":[1]");

        host.Market.Publish(Values.Price(1, 10m, second: 10));
        Assert.Equal(10, (await witness.NextAsync()).Price());
        host.Market.Publish(Values.Price(1, 11m, second: 11));
        Assert.Equal(11, (await witness.NextAsync()).Price());
        await using var client = await host.ConnectAsync();
        var answer = await client.AskAsync($$"""{"action":"subscribe","item_ids":[1,2],"since":"{{position}}"}""");
        var missed = await client.NextAsync();

        Assert.True(answer.GetProperty("recovered").GetBoolean());
        Assert.Equal("price", missed.Text("type"));
        Assert.Equal(11, missed.Price());
        Assert.Equal(host.Market.Position.ToString(), missed.Text("position"));
        host.Market.Publish(Values.Price(2, 3m, second: 12));
        Assert.Equal(3, (await client.NextAsync()).Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Since_BeforeAValueThatASnapshotBroughtFirst_GivesThatValue()
    {
        await using var host = await HubHost.StartAsync();
        host.Market.Store(Values.Price(1, 2m, second: 20));
        await using var witness = await host.ConnectAsync();
        await witness.SubscribeAsync("\"item_ids\":[1,2]");

        // The stream is behind the store: the older price has its place in it first, and then the one that the witness already has.
        host.Market.Publish(Values.Price(1, 1m, second: 10));
        var older = host.Market.Position;
        host.Market.Publish(Values.Price(1, 2m, second: 20));
        host.Market.Publish(Values.Price(2, 3m, second: 30));
        Assert.Equal(3, (await witness.NextAsync()).Price());
        await using var client = await host.ConnectAsync();
        var answer = await client.AskAsync($$"""{"action":"subscribe","item_ids":[1],"since":"{{older}}"}""");

        Assert.True(answer.GetProperty("recovered").GetBoolean());
        Assert.Equal(2, (await client.NextAsync()).Price());
    }

    [Fact(Timeout = 30_000)]
    public async Task Since_OfAnotherEpoch_GivesASnapshot()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 5m)));
        var foreign = StreamPosition.Empty.With(new StreamPoint(0, 5, 10));

        await AssertSnapshotAsync(host, foreign.ToString());
    }

    [Theory(Timeout = 30_000)]
    [InlineData(100)]
    [InlineData(-5)]
    public async Task Since_AheadOrBeforeTheFloor_GivesASnapshot(int distance)
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 5m)));
        var point = host.Market.Position.Points.Single();

        await AssertSnapshotAsync(host, StreamPosition.Empty.With(point with { Offset = point.Offset + distance }).ToString());
    }

    [Fact(Timeout = 30_000)]
    public async Task Since_OfAnEmptyStream_GivesASnapshot()
    {
        await using var host = await HubHost.StartAsync(before: host => host.Market.Store(Values.Price(1, 5m)));

        await AssertSnapshotAsync(host, string.Empty);
    }

    [Fact(Timeout = 30_000)]
    public async Task Since_WhenChangesWereNotKept_GivesASnapshot()
    {
        await using var host = await HubHost.StartAsync(options => options.MaxTrackedItems = 1);
        await using var witness = await host.ConnectAsync();
        var (_, snapshot) = await witness.SubscribeAsync("\"item_ids\":[9]");

        host.Market.Publish(Values.Price(1, 5m));
        host.Market.Publish(Values.Price(9, 9m));
        await witness.NextAsync();

        await AssertSnapshotAsync(host, snapshot.Text("position")!);
    }

    [Fact(Timeout = 30_000)]
    public async Task Position_OfUpdatesBeforeTheLastOfADrain_DoesNotPromiseTheLast()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1,2,3]");

        host.Market.Publish(Values.Price(1, 1m), Values.Price(2, 2m), Values.Price(3, 3m));
        var first = await client.NextAsync();
        await using var back = await host.ConnectAsync();
        await back.AskAsync($$"""{"action":"subscribe","item_ids":[1,2,3],"since":"{{first.Text("position")}}"}""");

        Assert.Equal([1, 2, 3], new[] { await back.NextAsync(), await back.NextAsync(), await back.NextAsync() }.Select(price => price.Price()).Order());
    }

    [Fact(Timeout = 30_000)]
    public async Task Since_AfterAValueWhoseSourceGotItsNameLater_GivesThatValue()
    {
        var time = new ManualTimeProvider();
        await using var host = await HubHost.StartAsync(time: time);
        await using var witness = await host.ConnectAsync();
        await witness.SubscribeAsync("\"item_ids\":[2]");
        host.Market.Publish(Values.Price(2, 1m, second: 9));
        Assert.Equal(1, (await witness.NextAsync()).Price());
        host.Catalog.IsAway = true;
        host.Market.Publish(Values.Price(1, 7m, second: 10, source: 3));
        host.Market.Publish(Values.Price(2, 2m, second: 11));
        Assert.Equal(2, (await witness.NextAsync()).Price());
        var position = await SubscribeAndLeaveAsync(host, 1);

        host.Catalog.Sources.Add(new Source(new SourceId(3), "new", new SourceDescriptor("new", Currency.Usd)));
        host.Catalog.IsAway = false;
        time.Advance(TimeSpan.FromSeconds(2));

        // The witness is told anew once the name is known.
        while ((await witness.NextAsync()).Text("type") != "snapshot")
        {
        }

        await using var client = await host.ConnectAsync();
        var answer = await client.AskAsync($$"""{"action":"subscribe","item_ids":[1],"since":"{{position}}"}""");
        Assert.True(answer.GetProperty("recovered").GetBoolean());
        Assert.Equal(7, (await client.NextAsync()).Price());
    }

    private static async Task<string> SubscribeAndLeaveAsync(HubHost host, params int[] items)
    {
        await using var client = await host.ConnectAsync();
        var (_, snapshot) = await client.SubscribeAsync($"\"item_ids\":[{string.Join(',', items)}]");
        await client.CloseAsync();
        return snapshot.Text("position")!;
    }

    private static async Task AssertSnapshotAsync(HubHost host, string since)
    {
        await using var client = await host.ConnectAsync();
        var (answer, snapshot) = await client.SubscribeAsync($"\"item_ids\":[1],\"since\":\"{since}\"");
        Assert.Equal(JsonValueKind.False, answer.GetProperty("recovered").ValueKind);
        Assert.Equal(5, snapshot.List("prices").Single().Price());
    }
}
