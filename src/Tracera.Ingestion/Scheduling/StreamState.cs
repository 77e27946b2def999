namespace Tracera.Ingestion;

/// <summary>How the connections of one stream fare. Thread-safe.</summary>
/// <param name="held">A connection that lasts for longer than this has held.</param>
internal sealed class StreamState(TimeSpan held)
{
    private const int StaleAfter = 3;
    private readonly Lock _gate = new();
    private DateTimeOffset? _connectingAt;
    private DateTimeOffset? _noneSince;

    /// <summary>How long a stream may be without a connection that holds.</summary>
    public TimeSpan Patience => StaleAfter * held;

    /// <summary>A connection is being made.</summary>
    public void Connecting(DateTimeOffset now)
    {
        lock (_gate)
        {
            (_connectingAt, _noneSince) = (now, _noneSince ?? now);
        }
    }

    /// <summary>A connection has ended.</summary>
    /// <param name="hasHeld">Whether it had held, or none is to be had here, because another host has the provider.</param>
    public void Ended(bool hasHeld)
    {
        lock (_gate)
        {
            (_connectingAt, _noneSince) = (null, hasHeld ? null : _noneSince);
        }
    }

    /// <summary>Whether no connection has held for too long.</summary>
    public bool IsStale(DateTimeOffset now)
    {
        lock (_gate)
        {
            return now - _noneSince > Patience && !(now - _connectingAt > held);
        }
    }
}
