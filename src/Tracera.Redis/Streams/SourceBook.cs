namespace Tracera.Redis;

/// <summary>Every source that was seen in a tick or in the catalogue: of which an item may have a latest price. Thread-safe.</summary>
internal sealed class SourceBook
{
    private readonly Lock _gate = new();
    private volatile SourceId[] _known = [];
    private volatile bool _isComplete;

    public IReadOnlyList<SourceId> Known => _known;

    /// <summary>Whether no source can be missing: every one was read, and no update was missed since.</summary>
    public bool IsComplete
    {
        get => _isComplete;
        set => _isComplete = value;
    }

    public void Note(ReadOnlySpan<PriceTick> ticks)
    {
        var (known, last) = (_known, default(SourceId));
        foreach (ref readonly var tick in ticks)
        {
            if (tick.Source != last && !known.Contains(tick.Source))
            {
                Note(tick.Source);
                known = _known;
            }

            last = tick.Source;
        }
    }

    public void Note(SourceId source)
    {
        lock (_gate)
        {
            if (!_known.Contains(source))
            {
                _known = [.. _known.Append(source).Order()];
            }
        }
    }
}
