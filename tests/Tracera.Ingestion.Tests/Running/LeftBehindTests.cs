namespace Tracera.Ingestion.Tests.Running;

public sealed class LeftBehindTests
{
    [Fact]
    public async Task Provider_WhoseCyclesAreLeftBehind_IsAskedNoMoreUntilTheyComeBack()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        var held = new TaskCompletionSource();
        var provider = rig.Add(
            "p",
            new ScriptedProvider((_, _) => IgnoreAsync(held.Task)),
            options => (options.Interval, options.ProgressTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)));
        await rig.StartAsync();

        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(4));

        Assert.Equal(3, provider.Cycles);
        Assert.All(rig.Store.Runs.Take(3), run => Assert.EndsWith(", and the provider ignored its cancellation", run.Error, StringComparison.Ordinal));
        Assert.Equal("p: 3 earlier cycles ignore their cancellation and are still running", rig.Store.Runs[3].Error);
        held.SetResult();
        await Gate.WhenAsync(() => log.Of(2203).Count() == 3);
        await rig.RunUntilAsync(provider.WhenCycleAsync(4));
        await rig.RunUntilAsync(rig.Store.WhenAsync(runs => runs.Any(run => run.State == RunState.Completed)));
    }

    private static async IAsyncEnumerable<RawPrice> IgnoreAsync(Task until)
    {
        await until;
        yield break;
    }
}
