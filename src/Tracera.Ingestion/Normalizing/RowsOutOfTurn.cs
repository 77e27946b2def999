namespace Tracera.Ingestion;

/// <summary>A few rows of one provider that came out of turn, in their order, until they are looked up. Not thread-safe.</summary>
/// <remarks>While the next rows come, the processor fetches what looking up these needs: the index when a row is added, the series two rows later.</remarks>
internal sealed class RowsOutOfTurn
{
    private const int Capacity = 16;

    // So many rows later the index is there.
    private const int Behind = 2;
    private readonly RowOutOfTurn[] _rows = new RowOutOfTurn[Capacity];
    private int _begin;
    private int _end;

    public int Count { get; private set; }

    public bool IsFull => _end == Capacity;

    /// <summary>Adds a row; there must be room for it.</summary>
    public void Add(in RawPrice raw, long observedAt, long receivedAt, PriceNormalizer normalizer)
    {
        var hash = normalizer.HashOf(raw);
        normalizer.FetchIndex(hash);
        if (Count >= Behind)
        {
            normalizer.FetchSeries(_rows[_end - Behind].Hash);
        }

        _rows[_end++].Set(raw, observedAt, receivedAt, hash);
        Count++;
    }

    /// <summary>Has the processor fetch what it has not been told of yet; called before the first is taken.</summary>
    public void FetchLast(PriceNormalizer normalizer)
    {
        for (var at = Math.Max(_begin, _end - Behind); at < _end; at++)
        {
            normalizer.FetchSeries(_rows[at].Hash);
        }
    }

    /// <summary>Takes the first; at least one must be there. Valid until the next is added.</summary>
    public ref readonly RowOutOfTurn Take()
    {
        ref readonly var row = ref _rows[_begin++];
        if (--Count == 0)
        {
            (_begin, _end) = (0, 0);
        }

        return ref row;
    }

    /// <summary>Drops what is there.</summary>
    /// <returns>How many rows that were.</returns>
    public int Clear()
    {
        var dropped = Count;
        (Count, _begin, _end) = (0, 0, 0);
        return dropped;
    }
}
