namespace Tracera.Ingestion.Tests.Scheduling;

public sealed class ProviderSlotTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ProviderSlot _slot = new("p", new ProviderOptions { Interval = 10 * Minute, Jitter = 0 }, TimeSpan.FromSeconds(5), Now) { Polled = ScriptedProvider.Of() };

    [Fact]
    public void Postpone_UntilBeforeItIsDue_LeavesItAsItIs()
    {
        _slot.Completed(CycleResult.Success, wasPlanned: true, Now, 0);
        Assert.True(_slot.TryClaim());

        _slot.Postpone(Now + Minute);

        Assert.Equal(Now + (10 * Minute), _slot.DueAt);
    }

    [Fact]
    public void Postpone_OfARetry_IsACycleOfItsOwn()
    {
        _slot.Completed(new CycleResult("no"), wasPlanned: true, Now, 1);
        Assert.Equal(Now, _slot.ScheduledAt);

        _slot.Postpone(Now + Minute);

        Assert.Equal((Now + Minute, Now + Minute), (_slot.DueAt, _slot.ScheduledAt));
    }

    [Fact]
    public void Completed_AskedForAndTheVenueSaysWhen_WaitsUntilThen()
    {
        _slot.Completed(new CycleResult("no", RetryAt: Now + (15 * Minute)), wasPlanned: false, Now, 0);

        Assert.Equal(Now + (15 * Minute), _slot.DueAt);
    }

    [Fact]
    public void PutBack_TimesThatWereAndThatCome_AreEarlierByAsMuch()
    {
        _slot.Started(Now);
        _slot.Completed(CycleResult.Success, wasPlanned: true, Now, 0);
        _slot.Stream = new StreamState(Minute);
        _slot.Stream.Connecting(new RunRow(RunId.New(Now), "p", Now), Now);

        _slot.PutBack(60 * Minute);

        Assert.Equal((Now - (50 * Minute), Now - (60 * Minute)), (_slot.DueAt, _slot.NoSuccessSince));
        Assert.Equal((Now - (60 * Minute), Now - (60 * Minute)), (_slot.ToStatus().LastStartedAt, _slot.ToStatus().LastSuccessAt));
        Assert.True(_slot.Stream.IsStale(Now - (56 * Minute)));
    }

    [Fact]
    public void NoSuccessSince_OfSeveralStarts_IsTheFirst()
    {
        _slot.Started(Now);
        _slot.Completed(new CycleResult("no"), wasPlanned: true, Now, 0);

        _slot.Started(Now + Minute);

        Assert.Equal(Now, _slot.NoSuccessSince);
    }

    [Fact]
    public void ToStatus_WhileItsPastIsAsked_IsRunning()
    {
        _slot.Backfilled = ScriptedProvider.Of();
        Assert.Equal(ProviderState.Idle, _slot.ToStatus().State);

        Assert.True(_slot.Past!.TryClaim());

        Assert.Equal(ProviderState.Running, _slot.ToStatus().State);
        Assert.Equal(Now, _slot.DueAt);
    }
}
