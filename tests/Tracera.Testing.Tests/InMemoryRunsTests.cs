namespace Tracera.Testing.Tests;

public sealed class InMemoryRunsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly InMemoryRunLog _runs = new();
    private readonly InMemoryLeases _leases = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ChangedByItsOwner_EndsOnce()
    {
        var id = await StartAsync("a");
        var row = new ProviderRunRecord("p", RunState.Completed, Noon, Noon) { Fetched = 3 };
        Assert.False(await _runs.UpdateAsync(id, "b", row, Token));
        Assert.True(await _runs.UpdateAsync(id, "a", row, Token));
        Assert.False(await _runs.UpdateAsync(id, "a", row with { Fetched = 9 }, Token));
        Assert.True(await _runs.FinishAsync(id, "a", RunState.Completed, null, Noon, Token));
        Assert.False(await _runs.FinishAsync(id, "a", RunState.Failed, "late", Noon, Token));
        var run = await _runs.FindAsync(id, Token);
        Assert.Equal((RunState.Completed, 3L), (run!.State, Assert.Single(run.Providers).Fetched));
    }

    [Fact]
    public async Task Run_WhoseLeaseIsOver_IsAbandonedWithItsRows()
    {
        var (dead, alive, own) = (await StartAsync("a"), await StartAsync("b"), await StartAsync("c"));
        await _runs.HeartbeatAsync("b", Noon.AddMinutes(5), Token);
        Assert.Equal([dead], await _runs.FailAbandonedAsync("c", Noon.AddMinutes(2), Token));
        var run = await _runs.FindAsync(dead, Token);
        Assert.Equal((RunState.Failed, "abandoned", RunState.Failed), (run!.State, run.Error, run.Providers[0].State));
        var running = await _runs.ListAsync(new RunQuery(new PageRequest(10), RunState.Running), Token);
        Assert.Equal([own, alive], running.Items.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Lease_OfAnotherOwner_IsTakenOnlyAfterItsEnd()
    {
        var first = await AcquireAsync("a", 0);
        Assert.Null(await AcquireAsync("b", 59));
        Assert.Equal(first!.Token, (await AcquireAsync("a", 30))!.Token);
        var second = await AcquireAsync("b", 90);
        Assert.Equal(first.Token + 1, second!.Token);
        await _leases.ReleaseAsync(first, Token);
        Assert.Null(await AcquireAsync("a", 91));
        await _leases.ReleaseAsync(second, Token);
        Assert.Equal(second.Token + 1, (await AcquireAsync("a", 92))!.Token);
    }

    private ValueTask<ProviderLease?> AcquireAsync(string owner, int seconds) =>
        _leases.TryAcquireAsync("p", owner, Noon.AddSeconds(seconds), TimeSpan.FromMinutes(1), Token);

    private int _started;

    private async Task<RunId> StartAsync(string owner)
    {
        var at = Noon.AddMilliseconds(_started++);
        var run = new RunRecord(
            RunId.New(at), RunTrigger.Schedule, RunState.Running, owner, at, null, null, [new ProviderRunRecord("p", RunState.Running, at)]);
        await _runs.StartAsync(run, Noon.AddMinutes(1), Token);
        return run.Id;
    }
}
