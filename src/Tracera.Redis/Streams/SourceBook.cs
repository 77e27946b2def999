namespace Tracera.Redis;

/// <summary>Every source that was seen in a tick or in the catalogue: of which an item may have a latest price. Thread-safe.</summary>
internal sealed class SourceBook
{
    private readonly Lock _gate = new();
    private volatile SourceId[] _known = [];
    private int _missed;
    private int _completeAt = -1;

    public IReadOnlyList<SourceId> Known => _known;

    /// <summary>How often updates were missed, in which a source may have come up.</summary>
    public int Missed => Volatile.Read(ref _missed);

    /// <summary>Whether no source can be missing: every one was read, and no update was missed since.</summary>
    public bool IsComplete => Volatile.Read(ref _completeAt) == Missed;

    /// <summary>Says that updates were missed.</summary>
    public void Miss() => Interlocked.Increment(ref _missed);

    /// <summary>Says that every source was read. One caller at a time.</summary>
    /// <param name="missed">What <see cref="Missed"/> was before the reading.</param>
    public void Complete(int missed) => Volatile.Write(ref _completeAt, missed);

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
