namespace Tracera.AspNetCore;

/// <summary>Tells the first failure of an outage from those that follow, so that a busy host logs one line an outage and not one a request. Thread-safe.</summary>
internal sealed class Outage(TimeProvider time)
{
    /// <summary>Failures that follow each other within this time belong to one outage.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _lastAt;

    /// <summary>Notes a failure.</summary>
    /// <returns>Whether an outage begins with it.</returns>
    public bool Begins()
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var begins = _lastAt is not { } last || time.GetElapsedTime(last, now) > Gap;
            _lastAt = now;
            return begins;
        }
    }
}
