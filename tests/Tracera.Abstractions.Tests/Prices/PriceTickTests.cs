using System.Runtime.CompilerServices;

namespace Tracera.Abstractions.Tests.Prices;

public sealed class PriceTickTests
{
    private static readonly PriceTick Tick = new(new ItemId(1), new SourceId(2), 3.50m, null, 1_000, 2_000);

    [Fact]
    public void PriceTick_InMemory_Has64BytesWithoutReferences()
    {
        Assert.Equal(64, Unsafe.SizeOf<PriceTick>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<PriceTick>());
    }

    [Theory]
    [InlineData(1_001, 0, true)]
    [InlineData(999, 9_000, false)]
    [InlineData(1_000, 2_001, true)]
    [InlineData(1_000, 2_000, false)]
    [InlineData(1_000, 1_999, false)]
    public void IsNewerThan_ComparesObservedThenReceived(long observedAt, long receivedAt, bool isNewer)
    {
        var other = Tick with { ObservedAtMicroseconds = observedAt, ReceivedAtMicroseconds = receivedAt };

        Assert.Equal(isNewer, other.IsNewerThan(Tick));
    }

    [Fact]
    public void Times_OfATick_AreInstants()
    {
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1), Tick.ObservedAt);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(2), Tick.ReceivedAt);
        Assert.Equal(new SeriesKey(new ItemId(1), new SourceId(2)), Tick.Series);
    }
}
