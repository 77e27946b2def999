namespace Tracera.Ingestion.Tests.Deduplicating;

public sealed class DeduplicatorTests
{
    private const long Minute = 60_000_000;
    private static readonly SourceDescriptor Market = new("market", Currency.Usd);
    private Series _series = new() { Item = new ItemId(1), Source = new SourceId(1) };

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
    public void All_FurtherTimesOfASeries_AreHeldBackInOneCycleOnly()
    {
        var subject = new Deduplicator(new IngestionOptions());
        for (var cycle = 1; cycle <= 2; cycle++)
        {
            subject.BeginCycle(BatchLane.Live);

            Assert.True(Admits(subject, 1, at: 0));
            Assert.True(Admits(subject, 1, at: Minute));
            Assert.True(Admits(subject, 1, at: Minute, volume: 5));
            Assert.True(Admits(subject, 1, at: Minute));
            Assert.False(Admits(subject, 1, at: Minute));
        }
    }

    [Fact]
    public void Correction_OfAFurtherTime_IsReceivedBehindWhatItCorrects()
    {
        var subject = new Deduplicator(new IngestionOptions());
        subject.BeginCycle(BatchLane.Live);
        Assert.True(Admits(subject, 1, at: 0));

        var admittedAt = Enumerable.Range(1, 3).Select(price => subject.Admit(ref _series, new RawPrice("c", "n", price, Market), Minute, 7)).ToArray();

        Assert.Equal([7, 8, 9], admittedAt);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(5, null, false)]
    [InlineData(null, 5, false)]
    [InlineData(5, 5, false)]
    public void IsRepeat_OfARowOrASeriesWithAVolume_IsLeftToAdmit(int? before, int? now, bool expected)
    {
        var subject = new Deduplicator(new IngestionOptions());
        subject.BeginCycle(BatchLane.Live);
        Assert.True(Admits(subject, 1, at: 0, before));
        var row = default(RowOutOfTurn);
        row.Set(new RawPrice("c", "n", 1, Market, now), observedAt: 0, receivedAt: 0, hash: 1);

        Assert.Equal(expected, subject.IsRepeat(_series, row));
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

    [Fact]
    public void Correction_SameInstant_IsReceivedBehindWhatItCorrects()
    {
        var subject = new Deduplicator(new IngestionOptions());
        var series = new Series { Item = new ItemId(1), Source = new SourceId(1) };
        subject.BeginCycle(BatchLane.Live);
        long[] receivedAt = [7, 7, 7, 20];

        var admittedAt = receivedAt.Select((at, i) => subject.Admit(ref series, new RawPrice("c", "n", i + 1, Market), 0, at)).ToArray();

        Assert.Equal([7, 8, 9, 20], admittedAt);
    }

    private bool Admits(Deduplicator subject, decimal price, long at, decimal? volume = null) =>
        subject.Admit(ref _series, new RawPrice("c", "n", price, Market, volume), at, at) != Deduplicator.HeldBack;
}
