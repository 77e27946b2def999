namespace Tracera.Postgres.Tests;

public sealed class BucketRangesTests
{
    private static readonly DateTime Start = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(BarLevel.Minute1, 1, 1)]
    [InlineData(BarLevel.Minute1, 65, 1)]
    [InlineData(BarLevel.Minute1, 66, 2)]
    [InlineData(BarLevel.Hour1, 24, 1)]
    [InlineData(BarLevel.Hour1, 25, 2)]
    [InlineData(BarLevel.Hour6, 4, 1)]
    [InlineData(BarLevel.Hour6, 5, 2)]
    [InlineData(BarLevel.Day1, 1, 1)]
    [InlineData(BarLevel.Day1, 2, 2)]
    [InlineData(BarLevel.Day7, 2, 2)]
    public void Of_TwoBuckets_AreJoinedUnlessAWholeDayOrManyBucketsLieBetween(BarLevel level, int apart, int ranges)
    {
        var (width, second) = (level.Width(), Start + (apart * level.Width()));
        var found = BucketRanges.Of([Start, second], width);
        Assert.Equal(ranges, found.Count);
        Assert.Equal((Start, second + width), (found[0].From, found[^1].To));
    }
}
