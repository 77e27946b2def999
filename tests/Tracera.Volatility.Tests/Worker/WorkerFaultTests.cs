using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tracera.Volatility.Tests.Support;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Tests.Worker;

public sealed class WorkerFaultTests
{
    [Fact]
    public async Task Store_AwayAndBack_IsLoggedOncePerEpisodeAndNothingIsMissed()
    {
        await using var rig = new WorkerRig();
        await rig.StartAsync();
        rig.History.Fault = new IOException("away");
        rig.Tick(1, 5m);
        foreach (var rest in (int[])[10, 1, 2, 4, 8, 16, 30])
        {
            await rig.AdvanceAsync(TimeSpan.FromSeconds(rest));
        }

        Assert.Equal((1, 0), (rig.Log.Times(4002), rig.Log.Times(4003)));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(rig));
        Assert.Equal(0, rig.Publisher.Count);
        rig.History.Fault = null;
        await rig.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(4, rig.Publisher.Count);
        Assert.Equal((1, 1), (rig.Log.Times(4002), rig.Log.Times(4003)));
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(rig));
    }

    [Fact]
    public async Task Store_AwayAtTheStart_IsWaitedFor()
    {
        await using var rig = new WorkerRig();
        rig.History.Add(Some.Series(1), 5m, Some.Instant.AddDays(-3));
        rig.History.Fault = new IOException("away");
        await rig.BeginAsync();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(rig));
        rig.History.Fault = null;
        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["7d", "30d"], rig.Publisher.Take().Select(snapshot => snapshot.Window.Name));
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(rig));
    }

    [Fact]
    public async Task Store_GivesUpByItsOwnTimeout_IsAFaultLikeAnyOther()
    {
        await using var rig = new WorkerRig();
        rig.History.Fault = new OperationCanceledException();
        await rig.BeginAsync();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        Assert.Equal(1, rig.Log.Times(4002));
    }

    [Fact]
    public async Task Publisher_AwayAndBack_GetsWhatItMissedWhenItIsComputedAgain()
    {
        await using var rig = new WorkerRig();
        rig.Publisher.Fault = new IOException("away");
        rig.Tick(1, 5m);
        await rig.StartAsync();
        Assert.Equal(1, rig.OutletLog.Times(4200));
        Assert.True(rig.Meters[VolatilityInstruments.Unpublished] >= 4);
        Assert.Equal(4, (await rig.Cache.GetAsync([new ItemId(1)], null, WorkerRig.Token)).Count);
        rig.Publisher.Fault = null;
        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Window.Hour1, Assert.Single(rig.Publisher.Take()).Window);
        Assert.Equal(1, rig.OutletLog.Times(4201));
    }

    [Fact]
    public async Task Pass_LongerThanItsInterval_IsNeverOverlapped()
    {
        await using var rig = new WorkerRig();
        await rig.StartAsync();
        var gate = new TaskCompletionSource();
        rig.History.Gate = gate.Task;
        rig.Tick(1, 5m);
        rig.Clock.Advance(WorkerRig.Interval);
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        gate.SetResult();
        await rig.Clock.WhenTimersAsync(1, WorkerRig.Token);
        Assert.Equal(1, rig.History.MostRunning);
        Assert.Equal(4, rig.Publisher.Count);
    }

    [Fact]
    public async Task Stop_InTheMiddleOfAPass_EndsIt()
    {
        await using var rig = new WorkerRig();
        rig.History.Gate = new TaskCompletionSource().Task;
        rig.Tick(1, 5m);
        await rig.BeginAsync();
        await rig.StopAsync();
        Assert.Equal(0, rig.History.Running);
        Assert.Equal(0, rig.Clock.ActiveTimers);
        Assert.Equal(0, rig.Log.Times(4002));
    }

    private static async Task<HealthStatus> HealthAsync(WorkerRig rig) =>
        (await new VolatilityHealthCheck(rig.State).CheckHealthAsync(new HealthCheckContext(), WorkerRig.Token)).Status;
}
