using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Ingestion.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Everything_Well_IsHealthy()
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await Gate.WhenAsync(() => rig.Status("p").LastSuccessAt is not null);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
    }

    [Theory]
    [InlineData(true, HealthStatus.Unhealthy)]
    [InlineData(false, HealthStatus.Degraded)]
    public async Task Sink_Failing_IsNamedAndRecovers(bool isDurable, HealthStatus expected)
    {
        await using var rig = new Rig();
        var other = rig.AddSink("other");
        var isDown = true;
        var sink = isDurable ? rig.Durable : other;
        sink.Write = (batch, _) => isDown ? throw new IOException("refused") : new(WriteOutcome.AllWritten(batch));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await WhenAsync(rig, expected);

        var name = isDurable ? "store" : "other";
        Assert.Equal($"the sink {name} fails (Transient)", (await CheckAsync(rig)).Description);
        isDown = false;
        await rig.RunUntilAsync(sink.WhenWrittenAsync(1));
        await WhenAsync(rig, HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(true, HealthStatus.Unhealthy)]
    [InlineData(false, HealthStatus.Degraded)]
    public async Task Pump_ThatBroke_IsNamed(bool isDurable, HealthStatus expected)
    {
        await using var rig = new Rig { IsAudited = false };
        var log = rig.AddLogBook();
        var sink = isDurable ? rig.Durable : rig.AddSink("other");
        var name = isDurable ? "store" : "other";
        sink.Write = (_, _) =>
        {
            // A pause that no timer keeps is an error of the pump's own.
            rig.Options<SinkOptions>().Get(name).MaximumBackoff = TimeSpan.FromDays(100);
            throw new SinkException(SinkFailure.Misconfigured, "no table");
        };
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)));
        await rig.StartAsync();
        await Gate.WhenAsync(() => log.Of(2411).Any());

        Assert.Equal(expected, (await CheckAsync(rig)).Status);
        Assert.Equal($"nothing is written to the sink {name} any more; the host must be started anew", (await CheckAsync(rig)).Description);
    }

    [Fact]
    public async Task Queue_Full_DegradesAndIsNamed()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "1").Configure("Sinks:store:QueueCapacity", "2").Configure("Sinks:store:WriteTimeout", "01:00:00");
        var held = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        rig.Durable.Write = async (batch, token) =>
        {
            entered.TrySetResult();
            await held.Task.WaitAsync(token);
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 20).Select(n => ScriptedProvider.Row($"{n}", n))]));
        await rig.StartAsync();

        // Once the first batch has left the queue, what fills it stays.
        await rig.RunUntilAsync(entered.Task);
        await WhenAsync(rig, HealthStatus.Degraded);

        Assert.Equal("the queue of the sink store is full", (await CheckAsync(rig)).Description);
        held.SetResult();
        await WhenAsync(rig, HealthStatus.Healthy);
    }

    [Fact]
    public async Task RunLog_Away_IsUnhealthy()
    {
        await using var rig = new Rig();
        rig.Store.IsAway = true;
        rig.Add("p", ScriptedProvider.Of());
        await rig.StartAsync();
        await WhenAsync(rig, HealthStatus.Unhealthy);

        Assert.StartsWith("the run log is away; ", (await CheckAsync(rig)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunLog_ThatRefusesTheChangesOfOneRun_Degrades()
    {
        await using var rig = new Rig();
        var (isRefused, onRowEnded) = (true, rig.Store.OnRowEnded!);
        rig.Store.OnRowEnded = (run, row) =>
        {
            if (isRefused && run == rig.Store.Runs[0].Id)
            {
                throw new IOException("constraint failed");
            }

            onRowEnded(run, row);
        };
        rig.Add("p", ScriptedProvider.Of(), options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();

        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Degraded));

        Assert.Equal("2 changes of runs are set aside because the run log refuses them", (await CheckAsync(rig)).Description);
        isRefused = false;
        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Healthy));
        await rig.RunUntilAsync(rig.Store.WhenAsync(runs => runs[0].State == RunState.Completed));
    }

    [Fact]
    public async Task Provider_WithoutSuccess_IsStaleAfterThreeIntervals()
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Failing(new IOException("away")), options => options.Interval = TimeSpan.FromMinutes(1));
        rig.Add("q", ScriptedProvider.Of(), options => options.Interval = TimeSpan.FromDays(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        var start = rig.Clock.GetUtcNow();

        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Degraded));

        Assert.True(rig.Clock.GetUtcNow() - start > TimeSpan.FromMinutes(3));
        Assert.Equal("the provider p had no success within 3 intervals", (await CheckAsync(rig)).Description);
    }

    [Fact]
    public async Task Provider_WithoutSuccessAfterTheClockWasPutBack_IsStaleAfterThreeIntervals()
    {
        await using var rig = new Rig();
        var clock = new MovedClock(rig.Clock);
        rig.Services.AddSingleton<TimeProvider>(clock);
        var isAway = false;
        rig.Add(
            "p",
            new ScriptedProvider((_, _) => isAway ? throw new IOException("away") : AsyncEnumerable.Empty<RawPrice>()),
            static options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        (isAway, clock.Moved) = (true, TimeSpan.FromDays(-1));
        var start = rig.Clock.GetUtcNow();

        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Degraded));

        Assert.InRange(rig.Clock.GetUtcNow() - start, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
        Assert.Equal("the provider p had no success within 3 intervals", (await CheckAsync(rig)).Description);
    }

    [Fact]
    public async Task Stream_ThatHoldsNoConnection_IsStaleUntilOneHolds()
    {
        await using var rig = new Rig();
        var (isRefused, held) = (true, new TaskCompletionSource());
        rig.Add("ws", new StreamingProvider((_, token) => isRefused
            ? throw new ProviderException(ProviderFailure.Auth, "401")
            : ScriptedProvider.HangAsync(held.Task, token, ScriptedProvider.Row("a", 1))));
        await rig.StartAsync();
        var start = rig.Clock.GetUtcNow();

        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Degraded));

        Assert.True(rig.Clock.GetUtcNow() - start > 3 * IngestionOptions.DefaultMaximumReconnectBackoff);
        Assert.Equal("the stream of the provider ws had no connection that held within 00:03:00", (await CheckAsync(rig)).Description);
        isRefused = false;
        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Healthy));
        await rig.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
    }

    [Fact]
    public async Task Stream_WhoseAttemptsHangWithoutASign_IsStale()
    {
        await using var rig = new Rig();
        rig.Add("ws", new StreamingProvider(static (_, token) => ScriptedProvider.HangAsync(Task.Delay(Timeout.Infinite, token), token)));
        await rig.StartAsync();

        await rig.RunUntilAsync(WhenAsync(rig, HealthStatus.Degraded));
        await rig.RunForAsync(ProviderOptions.DefaultProgressTimeout - TimeSpan.FromSeconds(1));

        Assert.Equal("the stream of the provider ws had no connection that held within 00:03:00", (await CheckAsync(rig)).Description);
    }

    private static Task<HealthCheckResult> CheckAsync(Rig rig) => rig.Provided.GetRequiredService<PipelineReadiness>()
        .CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static async Task WhenAsync(Rig rig, HealthStatus status)
    {
        while ((await CheckAsync(rig)).Status != status)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
