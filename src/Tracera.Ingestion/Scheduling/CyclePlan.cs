namespace Tracera.Ingestion;

/// <summary>Decides when a provider is polled next. Pure: time and chance come from the caller.</summary>
/// <remarks>
/// A success waits for the next beat of the interval, delayed by the jitter. A transient failure is tried again with back-off, never later than the next beat, and under the
/// scheduled time of the cycle that failed, so that what it did yield collides with itself. A venue's own "not before" is kept whatever the failure, up to a day. A refused key and a failure for good
/// are asked about ever more rarely, up to an hour or the interval.
/// </remarks>
internal static class CyclePlan
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromHours(1);

    /// <summary>Plans the time after a cycle.</summary>
    /// <param name="times">The times that led to the cycle.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="failures">Failed cycles in a row, this one included.</param>
    /// <param name="options">How the provider is polled.</param>
    /// <param name="minimumBackoff">The pause after a first failure.</param>
    /// <param name="now">The present.</param>
    /// <param name="sample">Chance, 0 to 1.</param>
    /// <returns>The times of the next cycle.</returns>
    public static SlotTimes After(
        SlotTimes times, CycleResult result, int failures, ProviderOptions options, TimeSpan minimumBackoff, DateTimeOffset now, double sample)
    {
        var planned = Plan(times, result, failures, options, minimumBackoff, now, sample);
        if (result.IsSuccess || result.RetryAt is not { } retryAt || NotLater(retryAt, now) is var wanted && wanted <= planned.DueAt)
        {
            return planned;
        }

        return planned with { DueAt = wanted, CycleAt = wanted < planned.Nominal ? planned.CycleAt : null };
    }

    /// <summary>The instant that a venue wants, but a day from now at most: a mistaken one must not switch a provider off.</summary>
    public static DateTimeOffset NotLater(DateTimeOffset wanted, DateTimeOffset now) => wanted > now + LongestWait ? now + LongestWait : wanted;

    private static SlotTimes Plan(
        SlotTimes times, CycleResult result, int failures, ProviderOptions options, TimeSpan minimumBackoff, DateTimeOffset now, double sample)
    {
        var interval = options.Interval;
        var nominal = times.Nominal > now ? times.Nominal : times.Nominal + (interval * (((now - times.Nominal).Ticks / interval.Ticks) + 1));
        var regular = new SlotTimes(nominal, nominal + (interval * (options.Jitter * sample)));
        if (result.IsSuccess)
        {
            return regular;
        }

        switch (result.Failure)
        {
            case ProviderFailure.Transient:
                var again = now + Backoff.After(failures, minimumBackoff, interval, sample);
                return again < nominal ? new SlotTimes(nominal, again, times.ScheduledAt) : regular;
            case ProviderFailure.RateLimited:
                var pause = result.RetryAt is null ? Backoff.After(failures, interval, Longer(interval, LongestRefusal), sample) : minimumBackoff;
                return new SlotTimes(nominal, now + Longer(pause, minimumBackoff));
            case ProviderFailure.Auth or ProviderFailure.Permanent:
                var rarely = now + Backoff.After(failures + 1, interval, Longer(interval, LongestRefusal), sample);
                return new SlotTimes(nominal, rarely > nominal ? rarely : regular.DueAt);
            default:
                return regular;
        }
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
