namespace Tracera.Abstractions.Tests.Prices;

public sealed class UnixTimeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(-1, -1)]
    [InlineData(-10, -1)]
    [InlineData(-11, -2)]
    public void ToMicroseconds_OfAFinerInstant_CutsTowardsThePast(long ticks, long microseconds) =>
        Assert.Equal(microseconds, UnixTime.ToMicroseconds(DateTimeOffset.UnixEpoch.AddTicks(ticks)));

    [Fact]
    public void ToMicroseconds_OfAnotherZone_IsTheSameInstant() =>
        Assert.Equal(0, UnixTime.ToMicroseconds(new DateTimeOffset(1970, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))));

    [Fact]
    public void FromMicroseconds_OfTheEnds_GoesThereAndBack()
    {
        foreach (var instant in new[] { DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero) })
        {
            Assert.Equal(instant, UnixTime.FromMicroseconds(UnixTime.ToMicroseconds(instant)));
        }
    }

    [Fact]
    public void FromMicroseconds_BeyondAnyInstant_Throws()
    {
        Assert.Throws<OverflowException>(() => UnixTime.FromMicroseconds(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixTime.FromMicroseconds(long.MaxValue / 10));
    }
}
