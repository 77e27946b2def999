namespace Tracera.Realtime.Connections;

/// <summary>Allows so many events a minute: a bucket that is full at first and refills evenly. One thread uses it.</summary>
internal sealed class RateBudget(int perMinute, TimeProvider time)
{
    private double _left = perMinute;
    private long _refilledAt = time.GetTimestamp();

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perMinute, _left + (perMinute * time.GetElapsedTime(_refilledAt, now).TotalMinutes));
        _refilledAt = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
