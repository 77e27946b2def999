namespace Tracera.Ingestion.Tests.Scheduling;

public sealed class CyclePlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(5);
    private readonly ProviderOptions _options = new() { Interval = TimeSpan.FromMinutes(10), Jitter = 0.2 };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 1)]
    [InlineData(1, 2)]
    public void After_Success_IsTheNextBeatDelayedByTheJitter(double sample, double minutes)
    {
        var next = Plan(CycleResult.Success, 0, Now + Minute, sample);

        Assert.Equal(Now + (10 * Minute), next.Nominal);
        Assert.Equal(Now + ((10 + minutes) * Minute), next.DueAt);
        Assert.Equal(next.DueAt, next.ScheduledAt);
    }

    [Fact]
    public void After_AnOverrun_SkipsTheBeatsThatWereMissed() =>
        Assert.Equal(Now + (40 * Minute), Plan(CycleResult.Success, 0, Now + (35 * Minute), 0).Nominal);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(4, 40)]
    public void After_TransientFailures_DoublesAndKeepsTheCyclesTime(int failures, double seconds)
    {
        var next = Plan(new CycleResult("no"), failures, Now, 1);

        Assert.Equal(Now.AddSeconds(seconds), next.DueAt);
        Assert.Equal(Now, next.ScheduledAt);
    }

    [Fact]
    public void After_ManyTransientFailures_IsNeverLaterThanTheNextBeat() =>
        Assert.Equal(Now + (12 * Minute), Plan(new CycleResult("no"), 30, Now + Minute, 1).DueAt);

    [Fact]
    public void After_RateLimit_WaitsUntilTheVenueSays() =>
        Assert.Equal(Now.AddHours(2), Plan(new CycleResult("no", ProviderFailure.RateLimited, Now.AddHours(2)), 1, Now, 0.3).DueAt);

    [Theory]
    [InlineData(ProviderFailure.Transient)]
    [InlineData(ProviderFailure.Auth)]
    [InlineData(ProviderFailure.Permanent)]
    [InlineData(ProviderFailure.NotFound)]
    [InlineData(ProviderFailure.BadPayload)]
    public void After_AnyFailure_WaitsUntilTheVenueSays_ButNotForMoreThanADay(ProviderFailure failure)
    {
        Assert.Equal(Now.AddHours(2), Plan(new CycleResult("no", failure, Now.AddHours(2)), 1, Now, 0.3).DueAt);
        Assert.Equal(Now.AddDays(1), Plan(new CycleResult("no", failure, Now.AddDays(60)), 1, Now, 0.3).DueAt);
        Assert.Equal(Plan(new CycleResult("no", failure), 1, Now, 0.3), Plan(new CycleResult("no", failure, Now.AddHours(-1)), 1, Now, 0.3));
    }

    [Fact]
    public void After_TransientFailureWithATimeBeforeTheNextBeat_KeepsTheCyclesTime()
    {
        var next = Plan(new CycleResult("no", RetryAt: Now + (7 * Minute)), 1, Now, 1);
        Assert.Equal((Now + (7 * Minute), Now), (next.DueAt, next.ScheduledAt));
    }

    [Fact]
    public void After_TransientFailureWithATimeBehindTheNextBeat_IsACycleOfItsOwn()
    {
        var next = Plan(new CycleResult("no", RetryAt: Now + (15 * Minute)), 1, Now, 1);
        Assert.Equal((Now + (15 * Minute), Now + (15 * Minute)), (next.DueAt, next.ScheduledAt));
    }

    [Fact]
    public void After_TransientFailureWhoseRetryFallsOnTheNextBeat_IsThatBeat()
    {
        var next = Plan(new CycleResult("no"), 1, Now + (10 * Minute) - Backoff, 1);
        Assert.Equal((Now + (12 * Minute), Now + (12 * Minute)), (next.DueAt, next.ScheduledAt));
    }

    [Theory]
    [InlineData(ProviderFailure.Auth, 20)]
    [InlineData(ProviderFailure.Permanent, 20)]
    [InlineData(ProviderFailure.RateLimited, 10)]
    public void After_AFirstRefusal_WaitsForLongerThanAnInterval(ProviderFailure failure, double minutes) =>
        Assert.Equal(Now + (minutes * Minute), Plan(new CycleResult("no", failure), 1, Now, 1).DueAt);

    [Fact]
    public void After_TransientFailureAtAShortInterval_IsTriedAgainBeforeTheNextBeat()
    {
        _options.Interval = TimeSpan.FromSeconds(1);

        Assert.Equal(Now.AddSeconds(0.5), Plan(new CycleResult("no"), 1, Now, 0).DueAt);
    }

    [Fact]
    public void After_RateLimitAtAShortInterval_WaitsForTheLeastPause()
    {
        _options.Interval = TimeSpan.FromSeconds(1);

        Assert.Equal(Now + Backoff, Plan(new CycleResult("no", ProviderFailure.RateLimited), 1, Now, 0).DueAt);
    }

    [Fact]
    public void After_RefusedKey_AsksEverMoreRarely() =>
        Assert.Equal(Now + TimeSpan.FromHours(1), Plan(new CycleResult("no", ProviderFailure.Auth), 9, Now, 1).DueAt);

    private SlotTimes Plan(CycleResult result, int failures, DateTimeOffset at, double sample) =>
        CyclePlan.After(new SlotTimes(Now, Now), result, failures, _options, Backoff, at, sample);
}
