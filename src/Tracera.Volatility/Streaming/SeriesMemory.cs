using System.Runtime.CompilerServices;
using Tracera.Volatility.Kernels;

namespace Tracera.Volatility.Streaming;

/// <summary>The memory of many series, given out by number and taken back.</summary>
/// <remarks>Not thread-safe. It grows while series come and their windows fill, and allocates nothing after that.</remarks>
internal sealed class SeriesMemory
{
    /// <summary>What a series takes beside its buckets.</summary>
    public const int BytesBeside = 128 + 768;

    /// <summary>What a series takes whose every bucket holds ticks.</summary>
    public const int BytesWhenFull = (RingLayout.Buckets * 64) + BytesBeside;

    private const int FirstSize = 64;
    private readonly Stack<int> _free = [];
    private AlignedMemory<SeriesHead> _heads = new(FirstSize);
    private AlignedMemory<SeriesTail> _tails = new(FirstSize);
    private int _used;

    /// <summary>The buckets of all series.</summary>
    public BucketPool Buckets { get; } = new();

    /// <summary>How many bytes there are.</summary>
    public long Bytes => Buckets.Bytes + ((long)_heads.Length * BytesBeside);

    /// <summary>The head of a series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SeriesHead Head(int slot) => ref _heads[slot];

    /// <summary>The tail of a series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SeriesTail Tail(int slot) => ref _tails[slot];

    /// <summary>Gives out the memory of a series that holds nothing.</summary>
    /// <returns>Its number.</returns>
    public int Take()
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _heads.Length)
            {
                (_heads, _tails) = (_heads.Grown(2 * slot), _tails.Grown(2 * slot));
            }
        }

        _heads[slot] = default;
        _tails[slot] = default;
        return slot;
    }

    /// <summary>Takes memory back.</summary>
    public void Return(int slot)
    {
        foreach (ref var state in _tails[slot].Rings)
        {
            Buckets.Return(ref state.Buckets);
        }

        _heads[slot] = default;
        _free.Push(slot);
    }
}
