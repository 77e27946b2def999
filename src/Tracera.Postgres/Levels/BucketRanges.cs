namespace Tracera.Postgres;

/// <summary>Joins buckets to the spans that are refreshed: those that lie close together in one go.</summary>
/// <remarks>
/// Never over a whole day between them. The ticks of a day without a mark may have been dropped, and a refresh that covers it would empty its bars; a part of a day
/// that has a mark is refreshed with it.
/// </remarks>
internal static class BucketRanges
{
    private const int MostBuckets = 64;
    private static readonly TimeSpan Day = BarLevel.Day1.Width();

    /// <summary>The spans, their ends excluded.</summary>
    /// <param name="buckets">The starts of buckets, in ascending order.</param>
    /// <param name="width">Their width.</param>
    public static List<(DateTime From, DateTime To)> Of(IReadOnlyList<DateTime> buckets, TimeSpan width)
    {
        var ranges = new List<(DateTime From, DateTime To)>();
        foreach (var bucket in buckets)
        {
            if (ranges.Count > 0 && bucket - ranges[^1].To is var gap && gap <= MostBuckets * width && gap < Day)
            {
                ranges[^1] = (ranges[^1].From, bucket + width);
            }
            else
            {
                ranges.Add((bucket, bucket + width));
            }
        }

        return ranges;
    }
}
