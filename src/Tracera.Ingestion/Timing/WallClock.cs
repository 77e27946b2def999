namespace Tracera.Ingestion;

/// <summary>Tells when the clock on the wall was put back, against the one that only goes forward. Not thread-safe.</summary>
internal sealed class WallClock(TimeProvider time)
{
    // Smaller steps are no more than jitter.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private DateTimeOffset _wall = time.GetUtcNow();
    private long _stamp = time.GetTimestamp();

    /// <summary>The time on the wall.</summary>
    /// <param name="putBack">By how much it was put back since it was read last; zero when it was not.</param>
    public DateTimeOffset Read(out TimeSpan putBack)
    {
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var missing = _wall + time.GetElapsedTime(_stamp, stamp) - now;
        putBack = missing > Least ? missing : TimeSpan.Zero;
        (_wall, _stamp) = (now, stamp);
        return now;
    }
}
