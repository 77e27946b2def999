namespace Tracera.Ingestion;

/// <summary>A few rows of one provider that came out of turn, in their order, until they are looked up together. Not thread-safe.</summary>
internal sealed class RowsOutOfTurn
{
    private const int Capacity = 16;
    private readonly PendingRow[] _rows = new PendingRow[Capacity];
    private readonly uint[] _hashes = new uint[Capacity];
    private readonly int[] _places = new int[Capacity];
    private int _begin;
    private int _end;

    public int Count => _end - _begin;

    public bool IsFull => _end == Capacity;

    /// <summary>Adds a row; there must be room for it.</summary>
    public void Add(in RawPrice raw, long observedAt, long receivedAt, uint hash)
    {
        _rows[_end] = new PendingRow(raw, observedAt, receivedAt);
        _hashes[_end++] = hash;
    }

    /// <summary>Has the processor fetch what looking up all of them needs.</summary>
    public void Touch(PriceNormalizer normalizer) => normalizer.Touch(_hashes.AsSpan(_begin, Count), _places);

    /// <summary>Takes the first; at least one must be there. Valid until the next is added.</summary>
    public ref readonly PendingRow Take(out uint hash)
    {
        hash = _hashes[_begin];
        ref readonly var row = ref _rows[_begin];
        if (++_begin == _end)
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
        (_begin, _end) = (0, 0);
        return dropped;
    }
}
