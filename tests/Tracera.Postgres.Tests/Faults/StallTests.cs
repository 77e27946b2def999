using Tracera.TestServers;

namespace Tracera.Postgres.Tests;

/// <summary>P1, P2 and P3 while the server is there and does not answer.</summary>
public sealed class StallTests
{
    private const int Ended = 8022;
    private const string Full = "TRACERA_FAULTS";
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task Pipeline_TableLockedForLongerThanACall_WaitsAndLosesNothing()
    {
        // 60 s with TRACERA_FAULTS=full.
        var seconds = Environment.GetEnvironmentVariable(Full) == "full" ? 60 : 6;
        await using var rig = await FaultRig.StartAsync(WriteTimeout);
        (await rig.Proxy.HoldAtAsync(ProxyPoint.AfterCommit, Token)).Cut();
        await rig.Cluster.PsqlAsync($"BEGIN; LOCK TABLE tracera.tick IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep({seconds}); COMMIT", cancellationToken: Token);
        Assert.True(rig.Failures > 0);
        await rig.FinishAsync();
    }

    [Fact(Timeout = 300_000)]
    public async Task Pipeline_ServerProcessStopped_WaitsForItsEndBeforeItWritesAgain()
    {
        await using var rig = await FaultRig.StartAsync(WriteTimeout);
        var link = await rig.Proxy.HoldAtAsync(ProxyPoint.InsideCopy, Token);
        var backend = await rig.BackendAsync(link);
        await PostgresCluster.SignalAsync(backend, "STOP");
        await rig.WhenFailingAsync();
        await PostgresCluster.SignalAsync(backend, "CONT");
        await rig.Logs.WhenAsync(Ended, 1, Token);
        await rig.FinishAsync();
    }

    [Theory(Timeout = 300_000)]
    [InlineData(ProxyPoint.InsideCopy)]
    [InlineData(ProxyPoint.AfterCopyDone)]
    [InlineData(ProxyPoint.AfterCommit)]
    public async Task Pipeline_ConnectionHalfOpen_EndsTheServersProcessAndGoesOn(ProxyPoint point)
    {
        await using var rig = await FaultRig.StartAsync(WriteTimeout);
        await rig.Proxy.HoldAtAsync(point, Token);
        await rig.WhenFailingAsync();
        (await rig.Proxy.HoldAtAsync(ProxyPoint.AfterCommit, Token)).Cut();
        await rig.FinishAsync();
    }
}
