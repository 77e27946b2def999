using System.Text.Json.Nodes;

namespace Tracera.EndToEnd.Tests;

/// <summary>Promises P1, P2 and P7 under <c>kill -9</c> and under SIGTERM, with a feed whose prices differ in every cycle.</summary>
public sealed class CrashTests
{
    private const int RowsPerCycle = 20_000;
    private const int Kills = 10;

    [Fact]
    public async Task Host_KilledTenTimesWhileIngesting_LosesNoAcceptedTickAndStoresNoneTwice()
    {
        var stop = TestContext.Current.CancellationToken;
        var random = new Random(4_242);
        using var folder = new TemporaryFolder();
        await using var feed = await PriceListServer.StartAsync(cycle => PriceList.OfCycle(RowsPerCycle, cycle), stop);
        var accepted = new HashSet<StoredTick>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(folder.Path, stop, Polling(feed));
            await RunWatch.WaitForCompletedAsync(host, kill + 1, stop);
            accepted.UnionWith(StoreFile.ReadTicks(folder.Path));
            await feed.WhenSentAsync(feed.Cycles + 1, random.Next(RowsPerCycle), stop);
            await host.Process.KillAsync(stop);
        }

        accepted.UnionWith(StoreFile.ReadTicks(folder.Path));
        var runs = await ReadRunsAsync(folder, stop);
        var stored = StoreFile.ReadTicks(folder.Path);

        Assert.Superset(accepted, stored.ToHashSet());
        AssertEachOnceAndRight(stored);
        AssertCompletedRunsAreWhole(runs, stored);
        Assert.InRange(runs.Count(run => State(run) == "completed"), Kills, feed.Cycles);
        var failed = runs.FindAll(run => State(run) == "failed");
        Assert.InRange(failed.Count, 1, feed.Cycles);
        Assert.All(failed, run => Assert.Contains("abandoned", (string?)run["error"], StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Host_OnSigTermUnderLoad_DrainsAndEndsWithZero()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var feed = await PriceListServer.StartAsync(cycle => PriceList.OfCycle(RowsPerCycle, cycle), stop);
        await using (var host = await HostProcess.StartAsync(folder.Path, stop, Polling(feed)))
        {
            await feed.WhenSentAsync(3, RowsPerCycle / 2, stop);
            host.Process.Terminate();
            Assert.Equal(0, await host.Process.WaitForExitAsync(stop));
            Assert.DoesNotContain("drain deadline passed: True", host.Process.Output, StringComparison.Ordinal);
        }

        var runs = await ReadRunsAsync(folder, stop);
        var stored = StoreFile.ReadTicks(folder.Path);

        AssertEachOnceAndRight(stored);
        AssertCompletedRunsAreWhole(runs, stored);
        Assert.NotEmpty(stored);
        Assert.Equal(stored.Count, runs.Sum(run => Count(run, "stored")));
        Assert.All(runs, AssertAddsUp);
        Assert.DoesNotContain(runs, run => ((string?)run["error"])?.Contains("abandoned", StringComparison.OrdinalIgnoreCase) == true);
    }

    private static IEnumerable<string> Polling(PriceListServer feed) =>
    [
        "--Tracera:Providers:simulated:Enabled=false",
        "--Tracera:Providers:csfloat:Enabled=true",
        "--Tracera:Providers:csfloat:Interval=00:00:00.100",
        $"--Tracera:Providers:csfloat:BaseAddress={feed.BaseAddress}",
    ];

    /// <summary>Starts the host once more with every feed switched off, and reads what it knows of earlier runs.</summary>
    private static async Task<List<JsonNode>> ReadRunsAsync(TemporaryFolder folder, CancellationToken stop)
    {
        await using var host = await HostProcess.StartAsync(folder.Path, stop, "--Tracera:Providers:simulated:Enabled=false");
        await RunWatch.WaitForNoneRunningAsync(host, stop);
        var runs = await host.GetAllAsync("/api/v1/runs", stop);
        host.Process.Terminate();
        Assert.Equal(0, await host.Process.WaitForExitAsync(stop));
        Assert.NotEmpty(runs);
        Assert.All(runs, run => Assert.False(RunWatch.IsRunning(run), $"Still running: {run}"));
        return runs;
    }

    private static void AssertEachOnceAndRight(List<StoredTick> stored)
    {
        var items = Enumerable.Range(0, RowsPerCycle).ToDictionary(PriceList.NameOf);
        Assert.Equal(stored.Count, stored.DistinctBy(tick => (tick.Item, tick.Volume)).Count());
        Assert.All(stored, tick => Assert.Equal(PriceList.CentsOf(items[tick.Item], (int)tick.Volume) / 100m, tick.Price));
    }

    private static void AssertCompletedRunsAreWhole(List<JsonNode> runs, List<StoredTick> stored)
    {
        var completed = runs.FindAll(run => State(run) == "completed");
        var wholeCycles = stored.GroupBy(tick => tick.Volume).Count(cycle => cycle.Count() == RowsPerCycle);
        Assert.All(completed, run => Assert.Equal(RowsPerCycle, Count(run, "stored")));
        Assert.InRange(wholeCycles, completed.Count, int.MaxValue);
    }

    private static void AssertAddsUp(JsonNode run) =>
        Assert.Equal(Count(run, "accepted"), Count(run, "stored") + Count(run, "corrected") + Count(run, "dead_lettered"));

    private static string State(JsonNode run) => ((string)run["state"]!).ToLowerInvariant();

    private static long Count(JsonNode run, string name) => run["providers"]!.AsArray().Sum(row => (long)row![name]!);
}
