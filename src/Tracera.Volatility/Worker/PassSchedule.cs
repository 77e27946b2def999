namespace Tracera.Volatility.Worker;

/// <summary>How long the worker rests: short and doubling right after the start and after failures, else the interval.</summary>
internal sealed class PassSchedule(TimeSpan interval, TimeSpan maxRetryDelay)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private TimeSpan _nextRest = FirstRest;
    private TimeSpan _nextRetry = FirstRest;

    /// <summary>The rest after a pass.</summary>
    /// <param name="succeeded">Whether it succeeded.</param>
    /// <returns>The rest.</returns>
    public TimeSpan RestAfter(bool succeeded)
    {
        if (!succeeded)
        {
            return Double(ref _nextRetry, maxRetryDelay);
        }

        _nextRetry = FirstRest;
        return Double(ref _nextRest, interval);
    }

    private static TimeSpan Double(ref TimeSpan next, TimeSpan limit)
    {
        var rest = next < limit ? next : limit;
        next = rest * 2;
        return rest;
    }
}
