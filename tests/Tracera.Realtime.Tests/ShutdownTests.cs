using Tracera.Realtime.Tests.Fixtures;
using Tracera.Testing;

namespace Tracera.Realtime.Tests;

public class ShutdownTests
{
    [Fact(Timeout = 30_000)]
    public async Task Stop_WithClients_ClosesThemWith1001()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await using var silent = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");

        var stopping = host.StopAsync();

        Assert.Equal(1001, await client.AwaitCloseAsync());
        Assert.Equal(1001, await silent.AwaitCloseAsync());
        await stopping;
        Assert.Equal(2, host.Meters[$"{RealtimeTelemetry.Closes}:1001"]);
        Assert.Equal(0, host.Meters[RealtimeTelemetry.Clients]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_WithAClientThatDoesNotAnswer_CutsIt()
    {
        var time = new ManualTimeProvider();
        await using var host = await HubHost.StartAsync(time: time);
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");

        var stopping = host.StopAsync();
        while (!stopping.IsCompleted)
        {
            time.Advance(RealtimeOptions.DefaultCloseTimeout);
            await Task.Yield();
        }

        await stopping;
        Assert.Equal(0, host.Meters[RealtimeTelemetry.Clients]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Client_ThatLeaves_IsAnsweredAndForgotten()
    {
        await using var host = await HubHost.StartAsync();
        var client = await host.ConnectAsync();
        await client.SubscribeAsync("\"item_ids\":[1]");

        await client.CloseAsync();
        await host.Meters.WhenAsync($"{RealtimeTelemetry.Closes}:1000", 1, TestContext.Current.CancellationToken);
        host.Market.Publish(Values.Price(1, 1m));
        await using var next = await host.ConnectAsync();
        await next.SubscribeAsync("\"item_ids\":[1]");

        Assert.Equal(0, host.Meters[RealtimeTelemetry.Offered]);
        await client.DisposeAsync();
    }
}
