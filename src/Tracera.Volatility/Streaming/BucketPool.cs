using System.Runtime.CompilerServices;
using Tracera.Volatility.Kernels;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>The memory of buckets that hold ticks, in blocks of several sizes, so that a series takes what its ticks fill and not what its windows could hold.</summary>
/// <remarks>Not thread-safe. A list that outgrows its block moves into the next larger one; blocks are used again, and once no more are needed nothing is allocated.</remarks>
internal sealed class BucketPool
{
    private const int PieceBits = 6;
    private const int PieceSize = 1 << PieceBits;

    // The least room of a block whose buckets are worth to be kept as one: fewer are combined as soon as that would be fetched.
    private const int KeptRoom = 60;
    private static readonly short[] Rooms = [4, 8, 16, 32, 60, 96, 120, 168];
    private readonly List<AlignedMemory<Bucket>>[] _pieces = [.. Rooms.Select(_ => new List<AlignedMemory<Bucket>>())];
    private readonly List<AlignedMemory<BucketRun>>[] _runs = [.. Rooms.Select(_ => new List<AlignedMemory<BucketRun>>())];
    private readonly Stack<int>[] _free = [.. Rooms.Select(_ => new Stack<int>())];
    private readonly int[] _used = new int[Rooms.Length];

    /// <summary>How many bytes there are.</summary>
    public long Bytes => Rooms.Zip(_pieces, (room, pieces) => (long)PieceSize * pieces.Count * ((room * Unsafe.SizeOf<Bucket>()) + (room < KeptRoom ? 0 : Unsafe.SizeOf<BucketRun>()))).Sum();

    /// <summary>A bucket of a list, the oldest one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Bucket At(in BucketList list, int index) =>
        ref _pieces[list.Kind][list.Block >> PieceBits][((list.Block & (PieceSize - 1)) * list.Room) + list.PlaceOf(index)];

    /// <summary>Where the buckets of a list begin in memory: with the oldest one, but for a block that is full, in which every place counts.</summary>
    public ref Bucket Beginning(in BucketList list) => ref At(list, list.Count == list.Room && list.Oldest > 0 ? list.Room - list.Oldest : 0);

    /// <summary>Whether what the buckets of a list come to is kept.</summary>
    public static bool Keeps(in BucketList list) => list.Room >= KeptRoom;

    /// <summary>What the buckets of a list came to when they were last combined; only of a list for which it is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref BucketRun Kept(in BucketList list) => ref _runs[list.Kind][list.Block >> PieceBits][list.Block & (PieceSize - 1)];

    /// <summary>Buckets of a list that lie in one piece of memory.</summary>
    /// <param name="list">The list.</param>
    /// <param name="from">The first bucket.</param>
    /// <param name="to">The one behind the last; those behind the end of the block stand at its beginning, and are asked for with another call.</param>
    public ReadOnlySpan<Bucket> Run(in BucketList list, int from, int to)
    {
        var place = list.PlaceOf(from);
        return _pieces[list.Kind][list.Block >> PieceBits].Slice(((list.Block & (PieceSize - 1)) * list.Room) + place, Math.Min(to - from, list.Room - place));
    }

    /// <summary>Adds an empty bucket behind the newest one.</summary>
    /// <param name="list">The list.</param>
    /// <param name="most">How many buckets it can come to hold.</param>
    public ref Bucket Append(ref BucketList list, int most)
    {
        if (list.Count == list.Room)
        {
            Grow(ref list, most);
        }

        ref var bucket = ref At(list, list.Count++);
        bucket = default;
        return ref bucket;
    }

    /// <summary>Removes the oldest bucket.</summary>
    public static void DropOldest(ref BucketList list)
    {
        list.Oldest = (short)(list.Oldest + 1 == list.Room ? 0 : list.Oldest + 1);
        list.Count--;
    }

    /// <summary>Removes all buckets; the block stays with the list.</summary>
    public void Clear(ref BucketList list)
    {
        (list.Oldest, list.Count) = (0, 0);
        ForgetKept(list);
    }

    /// <summary>Takes the block of a list back.</summary>
    public void Return(ref BucketList list)
    {
        if (list.Room > 0)
        {
            _free[list.Kind].Push(list.Block);
            list = default;
        }
    }

    private void Grow(ref BucketList list, int most)
    {
        var wanted = Math.Min(most, 2 * list.Room);
        var kind = 0;
        while (Rooms[kind] < wanted)
        {
            kind++;
        }

        var grown = new BucketList { Block = Take(kind), Room = Rooms[kind], Kind = (short)kind, Count = list.Count };
        for (var i = 0; i < list.Count; i++)
        {
            At(grown, i) = At(list, i);
        }

        Return(ref list);
        list = grown;
        ForgetKept(list);
    }

    private void ForgetKept(in BucketList list)
    {
        if (Keeps(list))
        {
            Kept(list) = default;
        }
    }

    private int Take(int kind)
    {
        if (_free[kind].TryPop(out var block))
        {
            return block;
        }

        block = _used[kind]++;
        if (block >> PieceBits == _pieces[kind].Count)
        {
            _pieces[kind].Add(new AlignedMemory<Bucket>(PieceSize * Rooms[kind]));
            _runs[kind].Add(new AlignedMemory<BucketRun>(Rooms[kind] < KeptRoom ? 0 : PieceSize));
        }

        return block;
    }
}
