using System.Runtime.CompilerServices;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>The memory of many series: 29 KiB each, in pieces of 64 series, given out by number and taken back.</summary>
/// <remarks>Not thread-safe. It grows while series come and allocates nothing after that.</remarks>
internal sealed class SeriesMemory
{
    /// <summary>What a series takes.</summary>
    public const int BytesPerSeries = (RingLayout.Buckets * 64) + 128 + 544;

    private const int PieceBits = 6;
    private const int PieceSize = 1 << PieceBits;
    private readonly List<Bucket[]> _pieces = [];
    private readonly Stack<int> _free = [];
    private SeriesHead[] _heads = new SeriesHead[PieceSize];
    private SeriesTail[] _tails = new SeriesTail[PieceSize];
    private int _used;

    /// <summary>The head of a series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SeriesHead Head(int slot) => ref _heads[slot];

    /// <summary>The tail of a series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SeriesTail Tail(int slot) => ref _tails[slot];

    /// <summary>The ring of one window of a series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<Bucket> Ring(int slot, int window) => _pieces[slot >> PieceBits].AsSpan(
        ((slot & (PieceSize - 1)) * RingLayout.Buckets) + RingLayout.First(window), RingLayout.Length(window));

    /// <summary>Gives out the memory of a series that holds nothing.</summary>
    /// <returns>Its number.</returns>
    public int Take()
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            Grow(slot);
        }

        _heads[slot] = default;
        _tails[slot] = default;
        return slot;
    }

    /// <summary>Takes memory back.</summary>
    public void Return(int slot) => _free.Push(slot);

    private void Grow(int slot)
    {
        if (slot >> PieceBits == _pieces.Count)
        {
            _pieces.Add(new Bucket[PieceSize * RingLayout.Buckets]);
        }

        if (slot == _heads.Length)
        {
            Array.Resize(ref _heads, 2 * slot);
            Array.Resize(ref _tails, 2 * slot);
        }
    }
}
