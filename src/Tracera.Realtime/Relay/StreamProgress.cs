using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>How far the relay has come in each shard, and from where on it knows every change.</summary>
/// <remarks>Guarded by the index's lock, but for the reading of <see cref="Reached"/>.</remarks>
internal sealed class StreamProgress
{
    private readonly Dictionary<int, long> _floors = [];
    private volatile PositionText _reached = new(StreamPosition.Empty);

    /// <summary>Everything up to here stands in the queues of those it concerns.</summary>
    public PositionText Reached => _reached;

    /// <summary>Whether something lies between what was reached and a batch.</summary>
    public bool Skips(StreamPoint point) =>
        _reached.Position.Find(point.Shard) is { } known && (known.Epoch != point.Epoch || point.Offset > known.Offset + 1);

    /// <summary>Notes that a batch was taken.</summary>
    public void Advance(StreamPoint point)
    {
        var known = _reached.Position.Find(point.Shard);
        if (known is { } before && before.Epoch == point.Epoch && before.Offset >= point.Offset)
        {
            return;
        }

        if (known?.Epoch != point.Epoch)
        {
            _floors[point.Shard] = known is null
                ? Math.Max(_floors.GetValueOrDefault(point.Shard), point.Offset - 1)
                : point.Offset;
        }

        _reached = new PositionText(_reached.Position.With(point));
    }

    /// <summary>Notes that changes up to a point are not remembered.</summary>
    public void RaiseFloor(StreamPoint point)
    {
        if (_reached.Position.Find(point.Shard) is not { } known || known.Epoch == point.Epoch)
        {
            _floors[point.Shard] = Math.Max(_floors.GetValueOrDefault(point.Shard), point.Offset);
        }
    }

    /// <summary>Goes on from a snapshot: what lies before it is not known.</summary>
    public void Restart(StreamPosition snapshot)
    {
        var position = _reached.Position;
        foreach (var point in snapshot.Points)
        {
            if (position.Find(point.Shard) is not { } known || known.Epoch != point.Epoch || known.Offset < point.Offset)
            {
                position = position.With(point);
            }
        }

        foreach (var point in position.Points)
        {
            _floors[point.Shard] = point.Offset;
        }

        _reached = new PositionText(position);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _floors.Clear();
        _reached = new PositionText(StreamPosition.Empty);
    }

    /// <summary>Whether every change after a client's position is known.</summary>
    public bool Covers(StreamPosition since)
    {
        var shards = 0;
        foreach (var point in _reached.Position.Points)
        {
            shards++;
            if (since.Find(point.Shard) is not { } known
                || known.Epoch != point.Epoch
                || known.Offset > point.Offset
                || known.Offset < _floors[point.Shard])
            {
                return false;
            }
        }

        return shards > 0 && since.Points.Count() == shards;
    }
}
