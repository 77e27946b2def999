namespace Tracera.Redis;

/// <summary>How far the updates of one shard have come, and whether some of them were lost. Not thread-safe.</summary>
internal sealed class ShardProgress
{
    private StreamPoint? _behind;

    /// <summary>The last batch that came; null before the first.</summary>
    public StreamPoint? Known { get; private set; }

    /// <summary>Takes the point of a batch; says why updates before it are missing, or that the batch is known already.</summary>
    public (bool IsStale, string? Gap) Take(StreamPoint point)
    {
        var gap = Known switch
        {
            null => null,
            { } known when known.Epoch != point.Epoch => "epoch",
            { } known when point.Offset > known.Offset + 1 => "offset",
            _ => null,
        };
        if (Known is { } last && last.Epoch == point.Epoch && point.Offset <= last.Offset)
        {
            return (true, null);
        }

        Known = point;
        return (false, gap);
    }

    /// <summary>
    /// Compares with where the stream was before a message that has come back since. Whoever is behind it twice has lost what lies between: on the way from several
    /// servers of a cluster, messages may overtake each other once.
    /// </summary>
    /// <returns>Whether something was lost; then this goes on from there.</returns>
    public bool Confirm(StreamPoint located)
    {
        if (Known is null)
        {
            Known = located;
            return false;
        }

        var isLost = _behind is { } before && Lacks(before);
        _behind = Lacks(located) ? located : null;
        if (isLost)
        {
            (Known, _behind) = (located, null);
        }

        return isLost;
    }

    /// <summary>Whether it must be looked again soon.</summary>
    public bool IsBehind => _behind is not null;

    private bool Lacks(StreamPoint point) => Known is { } known && (known.Epoch != point.Epoch || known.Offset < point.Offset);
}
