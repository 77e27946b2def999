using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Scheduling;

public sealed class PlacesTests
{
    private const int Endless = 12;
    private const string Ended = "it is slow, and so are as many others as may be";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(5);
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Providers_EndlesslySlowAndMoreThanThereArePlaces_DelayNoHealthyOneOnceTheyAreKnown()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:MaxConcurrentProviders", "3").Configure("Ingestion:MaxSlowProviders", "3").Configure("Ingestion:SlowAfter", "00:00:05");
        for (var number = 0; number < Endless; number++)
        {
            // Rows come, so that nothing ends the cycle, but never its end.
            rig.Add($"endless{number}", new ScriptedProvider((_, token) => DripAsync(rig, token)), options => options.Interval = TimeSpan.FromSeconds(10));
        }

        rig.Add("well", ScriptedProvider.Of(), options => options.Interval = Beat);

        // The healthy one comes later: while it runs the clock may not move, or it would seem slow.
        rig.Store.Holders["well"] = "another host";
        await rig.StartAsync();

        // Three at a time become slow: the first three find a place among the slow, the others are ended.
        for (var started = 3; started <= Endless; started += 3)
        {
            await WhenStartedAsync(rig, started);
            rig.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await Gate.WhenAsync(() => rig.Control.GetProviders().Count(status => status.LastError == Ended) == Endless - 3);
        rig.Store.Holders.TryRemove("well", out _);
        for (var second = 0; second < 30; second++)
        {
            rig.Clock.Advance(Beat);
            await WhenIdleAsync(rig);
        }

        for (var beat = 0; beat < 60; beat++)
        {
            await WhenIdleAsync(rig);
            var due = rig.Status("well").NextRunAt!.Value;
            rig.Clock.Advance(due - rig.Clock.GetUtcNow());
            await Gate.WhenAsync(() => rig.Status("well").LastStartedAt == due);
        }

        Assert.Equal(0, rig.Status("well").ConsecutiveFailures);
    }

    [Fact]
    public async Task Provider_SlowOnce_IsPromptAgainAfterAPromptCycle()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:MaxConcurrentProviders", "1").Configure("Ingestion:MaxSlowProviders", "1").Configure("Ingestion:SlowAfter", "00:00:05");
        var (held, cycles) = (new TaskCompletionSource(), 0);
        var slow = rig.Add(
            "slow",
            new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(++cycles == 1 ? held.Task : Task.CompletedTask, token)),
            options => options.Interval = TimeSpan.FromMinutes(1));
        var other = rig.Add("waits", ScriptedProvider.Of(), options => options.Interval = TimeSpan.FromMinutes(1));
        rig.Store.Holders["waits"] = "another host";
        var start = rig.Clock.GetUtcNow();
        await rig.StartAsync();
        await slow.WhenCycleAsync(1);
        rig.Store.Holders.TryRemove("waits", out _);

        await rig.RunUntilAsync(other.WhenCycleAsync(1));
        Assert.True(rig.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(5));
        Assert.Equal(ProviderState.Running, rig.Status("slow").State);
        held.SetResult();
        await rig.RunUntilAsync(slow.WhenCycleAsync(3));

        Assert.Equal(0, rig.Status("slow").ConsecutiveFailures);
    }

    [Fact]
    public async Task Provider_KnownAsSlow_IsPromptAgainOnlyAfterASuccess()
    {
        using var places = NewPlaces(prompt: 1, slow: 1);
        await BeSlowAsync(places, "slow");

        using var prompt = await places.TakeAsync("other", Token);
        using (await places.TakeAsync("slow", Token))
        {
            // It fails at once, which does not show that it is prompt: it needs none of the prompt places.
        }

        using (var success = await places.TakeAsync("slow", Token))
        {
            success.HasSucceeded = true;
        }

        var waiting = places.TakeAsync("slow", Token).AsTask();
        Assert.False(waiting.IsCompleted);
        prompt.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Place_GivenBack_ServesTheNextCycleForTheWholeTime()
    {
        using var places = NewPlaces(prompt: 1, slow: 1);
        using var slow = await places.TakeAsync("slow", Token);
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await places.TakeAsync("first", Token)).Dispose();
        _clock.Advance(TimeSpan.FromSeconds(3));
        using var next = await places.TakeAsync("next", Token);

        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(next.Over.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(next.Over.IsCancellationRequested);
        next.Dispose();

        using var later = await places.TakeAsync("later", Token);
        Assert.False(later.Over.IsCancellationRequested);
    }

    [Fact]
    public async Task Place_AmongTheSlow_IsHeldForAsLongAsItTakes()
    {
        using var places = NewPlaces(prompt: 1, slow: 1);
        await BeSlowAsync(places, "slow");

        using var again = await places.TakeAsync("slow", Token);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(again.Over.IsCancellationRequested);
    }

    [Fact]
    public async Task Provider_KnownAsSlow_LeavesThePlaceOnTrialToOthers()
    {
        using var places = NewPlaces(prompt: 2, slow: 2);
        using (await places.TakeAsync("one", Token))
        using (await places.TakeAsync("other", Token))
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        using var first = await places.TakeAsync("one", Token);
        var second = places.TakeAsync("other", Token);

        Assert.True(second.IsCompleted);
        (await second).Dispose();
    }

    private Places NewPlaces(int prompt, int slow) => new(prompt, slow, SlowAfter, _clock);

    private async Task BeSlowAsync(Places places, string provider)
    {
        using var place = await places.TakeAsync(provider, Token);
        _clock.Advance(SlowAfter);
    }

    private static Task WhenStartedAsync(Rig rig, int count) =>
        Gate.WhenAsync(() => rig.Control.GetProviders().Count(status => status.LastStartedAt is not null) >= count);

    private static Task WhenIdleAsync(Rig rig) => Gate.WhenAsync(() =>
        rig.Status("well") is { State: not ProviderState.Running } status && status.NextRunAt > rig.Clock.GetUtcNow());

    private static async IAsyncEnumerable<RawPrice> DripAsync(Rig rig, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var n = 1; ; n++)
        {
            await Task.Delay(Beat, rig.Clock, cancellationToken);
            yield return ScriptedProvider.Row("drop", n);
        }
    }
}
