namespace Tracera.Postgres;

/// <summary>Joins buckets to the spans that are refreshed: those that lie close together in one go.</summary>
internal static class BucketRanges
{
    private const int Gap = 64;

    /// <summary>The spans, their ends excluded.</summary>
    /// <param name="buckets">The starts of buckets, in ascending order.</param>
    /// <param name="width">Their width.</param>
    public static List<(DateTime From, DateTime To)> Of(IReadOnlyList<DateTime> buckets, TimeSpan width)
    {
        var ranges = new List<(DateTime From, DateTime To)>();
        foreach (var bucket in buckets)
        {
            if (ranges.Count > 0 && bucket - ranges[^1].To <= Gap * width)
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
