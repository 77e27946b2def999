namespace Tracera.Ingestion;

/// <summary>Token sources that are cancelled once so much time has passed since an instant.</summary>
internal static class Expiry
{
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(1);

    /// <summary>Makes one.</summary>
    /// <param name="span">How much time.</param>
    /// <param name="from">The clock's timestamp from which it counts.</param>
    /// <param name="time">The clock.</param>
    public static CancellationTokenSource After(TimeSpan span, long from, TimeProvider time)
    {
        var source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        long now;
        do
        {
            now = time.GetTimestamp();
            var left = span - time.GetElapsedTime(from, now);
            if (left <= TimeSpan.Zero)
            {
                source.Cancel();
                return source;
            }

            source.CancelAfter(left);
        }

        // Had the clock gone on meanwhile, the timer, which counts from there, would be late.
        while (time.GetElapsedTime(now) >= Slack);
        return source;
    }
}
