namespace Tracera.Ingestion;

/// <summary>How the connections of one stream fare. Thread-safe.</summary>
/// <param name="held">A connection that gives signs of life and lasts for longer than this has held.</param>
internal sealed class StreamState(TimeSpan held)
{
    private const int StaleAfter = 3;
    private readonly Lock _gate = new();
    private RunRow? _connection;
    private DateTimeOffset _connectingAt;
    private DateTimeOffset? _noneSince;

    /// <summary>How long a stream may be without a connection that holds.</summary>
    public TimeSpan Patience => StaleAfter * held;

    /// <summary>A connection is being made.</summary>
    /// <param name="connection">Where it is accounted.</param>
    /// <param name="now">The present.</param>
    public void Connecting(RunRow connection, DateTimeOffset now)
    {
        lock (_gate)
        {
            (_connection, _connectingAt, _noneSince) = (connection, now, _noneSince ?? now);
        }
    }

    /// <summary>A connection has ended.</summary>
    /// <returns>Whether it had held.</returns>
    public bool Ended(DateTimeOffset now)
    {
        lock (_gate)
        {
            var hasHeld = Holds(now);
            (_connection, _noneSince) = (null, hasHeld ? null : _noneSince);
            return hasHeld;
        }
    }

    /// <summary>None is to be had here, because another host has the provider.</summary>
    public void Elsewhere()
    {
        lock (_gate)
        {
            _noneSince = null;
        }
    }

    /// <summary>The clock was put back.</summary>
    public void PutBack(TimeSpan span)
    {
        lock (_gate)
        {
            (_connectingAt, _noneSince) = (_connectingAt - span, _noneSince - span);
        }
    }

    /// <summary>Whether no connection has held for too long.</summary>
    public bool IsStale(DateTimeOffset now)
    {
        lock (_gate)
        {
            return now - _noneSince > Patience && !Holds(now);
        }
    }

    private bool Holds(DateTimeOffset now) => _connection?.Signs > 0 && now - _connectingAt > held;
}
