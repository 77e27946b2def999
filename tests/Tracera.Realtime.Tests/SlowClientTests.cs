using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tracera.Realtime.Connections;
using Tracera.Realtime.Tests.Fixtures;
using Tracera.Realtime.Wire;
using Tracera.Testing;

namespace Tracera.Realtime.Tests;

public class SlowClientTests
{
    private const int Big = 4;

    [Fact(Timeout = 60_000)]
    public async Task Client_ThatIsSlow_GetsTheLatestValueAndEveryUpdateIsCounted()
    {
        await using var host = await HubHost.StartAsync(before: AddBigSource);
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");
        var last = 0;
        while (host.Meters[RealtimeTelemetry.Conflated] < 10)
        {
            host.Market.Publish(Values.Price(1, ++last, second: last, source: Big));
            await Task.Yield();
        }

        decimal seen = 0;
        while (seen < last)
        {
            var next = (await client.NextAsync()).Price();
            Assert.True(next > seen, $"{next} came after {seen}.");
            seen = next;
        }

        Assert.Equal(last, seen);
        Assert.Equal(last, host.Meters[RealtimeTelemetry.Offered]);
        await host.Meters.WhenAsync(RealtimeTelemetry.Sent, last - host.Meters[RealtimeTelemetry.Conflated], TestContext.Current.CancellationToken);
        Assert.Equal(last, host.Meters[RealtimeTelemetry.Sent] + host.Meters[RealtimeTelemetry.Conflated]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_WithMoreWaitingThanFits_GetsASnapshotInTheirStead()
    {
        await using var host = await HubHost.StartAsync(options => options.QueueCapacity = 16, before: AddBigSource);
        await using var client = await host.ConnectAsync();
        var items = Enumerable.Range(1, 40).ToArray();
        await client.SubscribeAsync($"\"item_ids\":[{string.Join(',', items)}]");

        host.Market.Publish([.. items.Select(item => Values.Price(item, item))]);

        var told = await client.NextAsync();
        Assert.Equal("subscribed", told.Text("type"));
        Assert.False(told.GetProperty("recovered").GetBoolean());
        Assert.Equal(items.Select(item => (decimal)item), (await client.NextAsync()).List("prices").Select(price => price.Price()));
        Assert.Equal(40, host.Meters[RealtimeTelemetry.Conflated]);
        Assert.Equal(1, host.Meters[RealtimeTelemetry.Resynchronised]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_ThatStopsReading_IsClosedWith4008()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartWithProbeAsync(time);
        await using var client = await host.ConnectAsync();
        await FloodUntilDeafAsync(host, client, time);

        Assert.Equal(4008, await client.AwaitCloseAsync());
        await host.Meters.WhenAsync($"{RealtimeTelemetry.Closes}:4008", 1, TestContext.Current.CancellationToken);
        Assert.Equal(
            host.Meters[RealtimeTelemetry.Offered],
            host.Meters[RealtimeTelemetry.Sent] + host.Meters[RealtimeTelemetry.Conflated] + host.Meters[RealtimeTelemetry.Dropped]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_ThatNeverReadsAgain_IsCut()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartWithProbeAsync(time);
        await using var client = await host.ConnectAsync();
        await FloodUntilDeafAsync(host, client, time);

        while (host.Meters[$"{RealtimeTelemetry.Closes}:4008"] == 0)
        {
            time.Advance(RealtimeOptions.DefaultCloseTimeout);
            await Task.Yield();
        }

        Assert.Equal(0, host.Meters[RealtimeTelemetry.Clients]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_WhoseConnectionWasCut_IsNoFailureOfTheHub()
    {
        await using var host = await StartWithProbeAsync(new ManualTimeProvider());
        using var socket = new AbortedSocket();

        await host.Services.GetRequiredService<ConnectionFactory>().ServeAsync(socket, null, 0, TestContext.Current.CancellationToken);

        Assert.False(host.Services.GetRequiredService<EventProbe>().Saw(5013));
        await host.Meters.WhenAsync($"{RealtimeTelemetry.Closes}:{CloseCode.Broken}", 1, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_ThatAsksForTheOtherFormWhileItIsSlow_GetsWholeMessages()
    {
        await using var host = await HubHost.StartAsync(before: AddBigSource);
        await using var client = await host.ConnectAsync();
        var items = Enumerable.Range(1, 100).ToArray();
        await client.SubscribeAsync($"\"item_ids\":[{string.Join(',', items)}],\"batch\":true");
        var received = host.Meters[RealtimeTelemetry.Received];
        await FloodAsync(host, items, untilConflated: 200);
        await client.SendAsync("{\"action\":\"subscribe\",\"item_ids\":[1],\"batch\":false}");
        await host.Meters.WhenAsync(RealtimeTelemetry.Received, received + 1, TestContext.Current.CancellationToken);
        await FloodAsync(host, items, untilConflated: host.Meters[RealtimeTelemetry.Conflated] + 200);

        JsonElement next;
        do
        {
            next = await client.NextAsync();
        }
        while (next.ValueKind == JsonValueKind.Array || next.Text("type") != "subscribed");
        Assert.Equal("snapshot", (await client.NextAsync()).Text("type"));
    }

    private static async Task FloodAsync(HubHost host, int[] items, long untilConflated)
    {
        var second = (int)host.Meters[RealtimeTelemetry.Offered] + 1;
        while (host.Meters[RealtimeTelemetry.Conflated] < untilConflated)
        {
            host.Market.Publish([.. items.Select(item => Values.Price(item, item, second, Big))]);
            second++;
            await Task.Yield();
        }
    }

    private static Task<HubHost> StartWithProbeAsync(ManualTimeProvider time) =>
        HubHost.StartAsync(
            options => options.SendTimeout = TimeSpan.FromSeconds(1),
            time,
            services => services.AddSingleton<EventProbe>().AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<EventProbe>()),
            AddBigSource);

    private static async Task FloodUntilDeafAsync(HubHost host, HubClient client, ManualTimeProvider time)
    {
        var probe = host.Services.GetRequiredService<EventProbe>();
        var items = Enumerable.Range(1, 100).ToArray();
        await client.SubscribeAsync($"\"item_ids\":[{string.Join(',', items)}],\"batch\":true");
        for (var second = 1; !probe.Saw(5014); second++)
        {
            host.Market.Publish([.. items.Select(item => Values.Price(item, item, second, Big))]);
            await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(host.Meters[RealtimeTelemetry.Conflated] > 1_000 ? 1 : 0));
        }
    }

    private static void AddBigSource(HubHost host) =>
        host.Catalog.Sources.Add(new Source(new SourceId(Big), "big", new SourceDescriptor(new string('x', 4_000), Currency.Usd)));
}
