namespace Tracera.Ingestion.Tests.Scheduling;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Providers_MoreThanMayRun_WaitForAPlaceAndStreamsDoNot()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:MaxConcurrentProviders", "2");
        var turns = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToArray();
        var (inside, most) = (0, 0);
        foreach (var number in Enumerable.Range(0, 5))
        {
            rig.Add($"p{number}", new ScriptedProvider((_, _) => HoldAsync(turns[number].Task)));
        }

        var stream = rig.Add("ws", new StreamingProvider((_, token) => ScriptedProvider.HangAsync(new TaskCompletionSource().Task, token)));
        await rig.StartAsync();
        await stream.WhenConnectedAsync(1);
        await Gate.WhenAsync(() => Volatile.Read(ref inside) == 2);
        foreach (var turn in turns)
        {
            turn.SetResult();
        }

        var ended = await rig.Store.WhenEndedAsync(1);

        Assert.Equal(5, ended.Providers.Count);
        Assert.Equal(RunState.Completed, ended.State);
        Assert.Equal(2, most);

        async IAsyncEnumerable<RawPrice> HoldAsync(Task until)
        {
            var now = Interlocked.Increment(ref inside);
            Interlocked.CompareExchange(ref most, Math.Max(most, now), most);
            await until;
            Interlocked.Decrement(ref inside);
            yield break;
        }
    }
}
