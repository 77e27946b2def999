using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Ingestion.Tests.Scheduling;

/// <summary>When a stream is connected again.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task Stream_WhoseVenueSaysWhen_IsConnectedThen()
    {
        await using var rig = new Rig();
        var wanted = rig.Clock.GetUtcNow().AddHours(2);
        rig.Add("ws", new StreamingProvider((_, _) => throw new ProviderException(ProviderFailure.RateLimited, "later", wanted)));
        await rig.StartAsync();
        await WhenIdleAsync(rig);

        Assert.Equal(wanted, rig.Status("ws").NextRunAt);
    }

    [Fact]
    public async Task Stream_WhoseConnectionHeld_IsConnectedAgainAfterTheLeastPause()
    {
        await using var rig = new Rig();
        var (isRefused, cut) = (true, new TaskCompletionSource());
        var provider = rig.Add("ws", new StreamingProvider((_, token) => isRefused
            ? throw new IOException("refused")
            : ScriptedProvider.HangAsync(cut.Task, token, ScriptedProvider.Row("a", 1))));
        await rig.StartAsync();
        await rig.RunUntilAsync(provider.WhenConnectedAsync(6));
        isRefused = false;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));
        await rig.RunForAsync(IngestionOptions.DefaultMaximumReconnectBackoff + TimeSpan.FromSeconds(1));

        cut.SetResult();
        await WhenIdleAsync(rig);

        Assert.InRange(rig.Status("ws").NextRunAt!.Value - rig.Clock.GetUtcNow(), TimeSpan.Zero, IngestionOptions.DefaultMinimumBackoff);
    }

    [Fact]
    public async Task Stream_ThatAnotherHostHasTaken_IsNotStaleHere()
    {
        await using var rig = new Rig();
        var provider = rig.Add("ws", new StreamingProvider((_, _) => throw new IOException("refused")));
        await rig.StartAsync();
        await rig.RunUntilAsync(provider.WhenConnectedAsync(2));

        rig.Store.Holders["ws"] = "another host";
        await rig.RunUntilAsync(rig.Store.WhenRefusedAsync(2));
        await rig.RunForAsync(5 * IngestionOptions.DefaultMaximumReconnectBackoff);

        var health = await rig.Provided.GetRequiredService<PipelineReadiness>().CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy, health.Status);
    }

    private static Task WhenIdleAsync(Rig rig) => Gate.WhenAsync(() => rig.Status("ws") is { State: not ProviderState.Running } status && status.NextRunAt > rig.Clock.GetUtcNow());
}
