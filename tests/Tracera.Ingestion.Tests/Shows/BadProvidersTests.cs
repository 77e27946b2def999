using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion.Tests.Shows;

[Collection(nameof(Alone))]
public sealed class BadProvidersTests
{
    private const int Cycles = 1000;
    private const int LeftBehind = 3;
    private static readonly string[] Healthy = ["good1", "good2"];
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task TwentyProviders_EighteenBad_TheHealthyOnesMissNoCycle()
    {
        using var release = new ManualResetEventSlim();
        await using var rig = new Rig();
        rig.Outside.ChecksOrder = false;
        var book = rig.AddLogBook(LogLevel.Information);
        AddAll(rig, release);
        await rig.StartAsync();
        await WhenIdleAsync(rig);

        // The one that blocks its thread has it from the first cycle on, and may keep as many as cycles may be left behind. Whatever else begins on a thread of its own leaves it at once.
        await Gate.WhenAsync(() => rig.Status("blocks").State == ProviderState.Running);
        var threads = Threads();
        for (var cycle = 1; cycle < Cycles; cycle++)
        {
            rig.Clock.Advance(Beat);
            await WhenIdleAsync(rig);
            if (cycle % 100 == 0)
            {
                await Gate.WhenAsync(() => Threads() <= threads + LeftBehind);
            }
        }

        await rig.RunUntilAsync(rig.Store.WhenAsync(runs => runs[0].State != RunState.Running));
        var run = rig.Store.Runs[0];
        await rig.Durable.WhenWrittenAsync((Healthy.Length * Cycles) + (4 * BadProviders.BurstRows));

        Assert.All(Healthy, name => Assert.Equal(Cycles, CountOf(rig, name)));
        Assert.Equal(20, run.Providers.Count);
        Assert.Equal(
            ["blocks", "drips1", "drips2", "drips3", "drips4", "hangs1", "hangs2", "hangs3", "hangs4", "throws1", "throws2", "throws3", "throws4"],
            run.Providers.Where(row => row.State == RunState.Failed).Select(row => row.Provider).Order());
        Assert.All(run.Providers.Where(row => row.State == RunState.Failed), row => Assert.Equal(WhyOf(row.Provider), row.Error));
        Assert.All(run.Providers.Where(row => row.Error is not null), row => Assert.Contains($"{row.Provider}: {row.Error}", run.Error!, StringComparison.Ordinal));
        Assert.All(run.Providers.Where(row => row.Provider.StartsWith("bursts", StringComparison.Ordinal)), row => Assert.Equal(BadProviders.BurstRows, row.Fetched));
        Assert.Equal(BadProviders.BadRows, run.Providers.Single(row => row.Provider == "rubbish").RejectedBy.Values.Sum());
        await Gate.WhenAsync(() => Threads() <= threads + LeftBehind);
        Assert.NotEmpty(book.Of(2204));
        Assert.Contains("still running", rig.Status("blocks").LastError!, StringComparison.Ordinal);
        release.Set();
    }

    private static void AddAll(Rig rig, ManualResetEventSlim release)
    {
        foreach (var name in Healthy)
        {
            var beats = 0;
            rig.Add(name, new ScriptedProvider((_, _) => new[] { ScriptedProvider.Row(name, ++beats) }.ToAsyncEnumerable()), options => options.Interval = Beat);
        }

        for (var number = 1; number <= 4; number++)
        {
            rig.Add($"hangs{number}", BadProviders.Hanging(), EveryTenSeconds);
            rig.Add($"throws{number}", BadProviders.Throwing(number), EveryTenSeconds);
            rig.Add($"bursts{number}", BadProviders.Bursting(), options => options.Interval = TimeSpan.FromHours(1));
            rig.Add($"drips{number}", BadProviders.Dripping(rig.Clock), EveryTenSeconds);
        }

        rig.Add("blocks", BadProviders.Blocking(release), EveryTenSeconds);
        rig.Add("rubbish", BadProviders.Rubbish(), options => options.Interval = TimeSpan.FromHours(1));
    }

    // Those of the pool aside, whose number follows the load and has a bound of its own.
    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count - ThreadPool.ThreadCount;
    }

    private static void EveryTenSeconds(ProviderOptions options) => options.Interval = TimeSpan.FromSeconds(10);

    private static string WhyOf(string provider) => provider switch
    {
        "blocks" => "its thread was blocked for 00:02:00, and the provider ignored its cancellation",
        _ when provider.StartsWith("throws", StringComparison.Ordinal) => $"InvalidOperationException: broken {provider[^1]}",
        _ => "nothing happened for 00:02:00",
    };

    // Each beat of a healthy provider has the time at which it was due, whatever the others do.
    private static int CountOf(Rig rig, string name)
    {
        var (start, item) = (rig.Store.Runs[0].StartedAt, rig.Store.IdOf(name));
        var ticks = rig.Durable.Ticks.Where(tick => tick.Item == item).ToList();
        var missed = Enumerable.Range(0, Cycles).Count(beat => ticks.Count <= beat || ticks[beat].ObservedAt != start + (Beat * beat));
        return ticks.Count - missed;
    }

    private static Task WhenIdleAsync(Rig rig) => Gate.WhenAsync(() => Array.TrueForAll(Healthy, name =>
        rig.Status(name) is { State: not ProviderState.Running, LastSuccessAt: not null } status && status.NextRunAt > rig.Clock.GetUtcNow()));
}
