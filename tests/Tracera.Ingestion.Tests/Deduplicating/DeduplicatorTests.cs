namespace Tracera.Ingestion.Tests.Deduplicating;

public sealed class DeduplicatorTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void All_SameKey_HoldsBackOnlyTheSameValuesOfOneCycle()
    {
        var subject = new Deduplicator(new IngestionOptions());
        subject.BeginCycle(BatchLane.Live);

        Assert.True(Admits(subject, 1, at: 0));
        Assert.True(Admits(subject, 1, at: Minute));
        Assert.False(Admits(subject, 1, at: 0));
        Assert.True(Admits(subject, 2, at: 0));
        Assert.True(Admits(subject, 1, at: 0));
        Assert.True(Admits(subject, 1, at: 0, volume: 5));
        subject.BeginCycle(BatchLane.Live);
        Assert.True(Admits(subject, 1, at: Minute));
    }

    [Fact]
    public void Changes_UnchangedPrice_IsHeldBackUntilTheHeartbeat()
    {
        var subject = new Deduplicator(new IngestionOptions { Store = StoreMode.Changes });
        subject.BeginCycle(BatchLane.Live);

        Assert.True(Admits(subject, 1, at: 0));
        Assert.False(Admits(subject, 1, at: 14 * Minute));
        Assert.True(Admits(subject, 1, at: 15 * Minute));
        Assert.True(Admits(subject, 2, at: 16 * Minute));
        Assert.True(Admits(subject, 2, at: 17 * Minute, volume: 1));
        Assert.True(Admits(subject, 9, at: 3 * Minute));
        Assert.False(Admits(subject, 2, at: 18 * Minute, volume: 1));
    }

    [Fact]
    public void Changes_AfterALoss_StoresThePriceAgain()
    {
        var subject = new Deduplicator(new IngestionOptions { Store = StoreMode.Changes });
        subject.BeginCycle(BatchLane.Live);
        Assert.True(Admits(subject, 1, at: 0));

        subject.Forget();

        Assert.True(Admits(subject, 1, at: Minute));
    }

    [Fact]
    public void Backfill_UnchangedPrices_AllPassAndAreNotRemembered()
    {
        var subject = new Deduplicator(new IngestionOptions { Store = StoreMode.Changes });
        subject.BeginCycle(BatchLane.Backfill);
        Assert.True(Admits(subject, 1, at: 0));
        Assert.True(Admits(subject, 1, at: Minute));

        subject.BeginCycle(BatchLane.Live);

        Assert.True(Admits(subject, 1, at: 2 * Minute));
    }

    private static bool Admits(Deduplicator subject, decimal price, long at, decimal? volume = null)
    {
        var tick = new PriceTick(new ItemId(1), new SourceId(1), price, volume, at, at);
        return subject.Admit(ref tick);
    }
}
