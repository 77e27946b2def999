using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Tracera.Shared;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Kernels;

/// <summary>The buckets of one window as columns, so that several are combined at once. Scratch memory that is used over and over; not thread-safe.</summary>
/// <remarks>
/// The parts of a window are its buckets that hold ticks, oldest first. Behind the last one the columns hold zeros up to a whole vector, which weigh nothing.
/// </remarks>
internal sealed class WindowColumns
{
    // The widest window has 168 buckets; behind them there is room for a vector of zeros.
    private const int Length = 184;
    private const int Columns = 10;
    private const int Group = 4;
    private const int BucketWords = 8;
    private const ulong CountBits = Bucket.CountBits;
    private const double CountOrigin = 4_503_599_627_370_496;

    [ThreadStatic]
    private static WindowColumns? _mine;
    private readonly AlignedMemory<double> _data = new(Columns * Length);
    private BucketRun _run;
    private nint _next;
    private int _nextLines;

    /// <summary>The columns of the calling thread.</summary>
    public static WindowColumns Mine => _mine ??= new WindowColumns();

    /// <summary>How many parts there are.</summary>
    public int Parts { get; private set; }

    /// <summary>n.</summary>
    public ref double Count => ref Column(0);

    /// <summary>The first price, rounded.</summary>
    public ref double Open => ref Column(1);

    /// <summary>The mean deviation from the first price.</summary>
    public ref double Mean => ref Column(2);

    /// <summary>Σ(x−μ)².</summary>
    public ref double M2 => ref Column(3);

    /// <summary>The mean time since the bucket's start, in microseconds.</summary>
    public ref double Time => ref Column(4);

    /// <summary>Σ(t−t̄)², in microseconds squared.</summary>
    public ref double TimeM2 => ref Column(5);

    /// <summary>Σ(t−t̄)(x−μ), in price times microseconds.</summary>
    public ref double CoMoment => ref Column(6);

    /// <summary>The last price as its deviation from the first.</summary>
    public ref double Close => ref Column(7);

    /// <summary>The bucket's start, whole microseconds since the window's.</summary>
    public ref double Start => ref Column(8);

    /// <summary>Takes the log returns.</summary>
    public ref double Returns => ref Column(9);

    /// <summary>Takes what they come to where that is not kept.</summary>
    public ref BucketRun Run => ref _run;

    /// <summary>The log returns.</summary>
    public Span<double> ReturnsOf(int from, int count) => _data.Slice((9 * Length) + from, count);

    /// <summary>Says which buckets are read after this window, so that they are fetched while it is computed.</summary>
    /// <param name="first">The first one, in memory that is never moved.</param>
    /// <param name="count">How many.</param>
    public unsafe void SetNext(ref Bucket first, int count) => (_next, _nextLines) = ((nint)Unsafe.AsPointer(ref first), count);

    /// <summary>Fetches some of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchNext()
    {
        if (_nextLines > 0)
        {
            CacheHint.SoonPair(_next);
            _next += 2 * BucketWords * sizeof(double);
            _nextLines -= 2;
        }
    }

    /// <summary>Fetches all that are left.</summary>
    public void FetchAllNext()
    {
        while (_nextLines > 0)
        {
            FetchNext();
        }
    }

    /// <summary>Begins a window.</summary>
    public void Clear() => Parts = 0;

    /// <summary>Adds a part.</summary>
    /// <param name="bucket">Its moments, of one tick or more.</param>
    /// <param name="start">Whole microseconds from the window's start to the part's.</param>
    public void Add(in Bucket bucket, double start)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parts, Length - BucketWords);
        ref var place = ref Unsafe.Add(ref Count, Parts++);
        place = bucket.Count;
        Unsafe.Add(ref place, Length) = bucket.Open;
        Unsafe.Add(ref place, 2 * Length) = bucket.Mean;
        Unsafe.Add(ref place, 3 * Length) = bucket.M2;
        Unsafe.Add(ref place, 4 * Length) = bucket.TimeMean;
        Unsafe.Add(ref place, 5 * Length) = bucket.TimeM2;
        Unsafe.Add(ref place, 6 * Length) = bucket.CoMoment;
        Unsafe.Add(ref place, 7 * Length) = bucket.Close;
        Unsafe.Add(ref place, 8 * Length) = start;
    }

    /// <summary>Sets where buckets start that are added next.</summary>
    /// <param name="marks">The buckets among some that follow one another, a bit for each.</param>
    /// <param name="places">How many these some are, 64 at most.</param>
    /// <param name="after">How many parts stand between those that were added and these.</param>
    /// <param name="start">Whole microseconds from the window's start to the first place.</param>
    /// <param name="width">A bucket's width.</param>
    public void AddStarts(ulong marks, int places, int after, double start, double width)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parts + after + places, Length - Group);
        ref var target = ref Unsafe.Add(ref Start, Parts + after);
        if (marks == ulong.MaxValue >> (64 - places))
        {
            var starts = Vector256.Create(start) + (Vector256.Create(0d, 1, 2, 3) * width);
            for (var i = 0; i < places; i += Group)
            {
                starts.StoreUnsafe(ref target, (nuint)i);
                starts += Vector256.Create(Group * width);
            }

            return;
        }

        for (; marks != 0; marks &= marks - 1)
        {
            target = start + (BitOperations.TrailingZeroCount(marks) * width);
            target = ref Unsafe.Add(ref target, 1);
        }
    }

    /// <summary>Adds buckets whose starts were set.</summary>
    /// <param name="buckets">The buckets, each with ticks.</param>
    public void Add(ReadOnlySpan<Bucket> buckets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parts + buckets.Length, Length - BucketWords);
        var groups = Avx.IsSupported ? buckets.Length / Group : 0;
        AddGroups(ref Unsafe.As<Bucket, double>(ref MemoryMarshal.GetReference(buckets)), ref Unsafe.Add(ref Count, Parts), groups);
        Parts += groups * Group;
        foreach (ref readonly var bucket in buckets[(groups * Group)..])
        {
            Add(bucket, Unsafe.Add(ref Start, Parts));
        }
    }

    /// <summary>Ends the window.</summary>
    public void End()
    {
        ref var place = ref Unsafe.Add(ref Count, Parts);
        for (nuint column = 0; column < Columns - 1; column++)
        {
            Vector256<double>.Zero.StoreUnsafe(ref place, column * Length);
        }
    }

    // Four buckets are four rows of eight words; two columns are read off at a time from the first and third beside the second and fourth.
    private static void AddGroups(ref double words, ref double target, int groups)
    {
        var (mask, origin) = (Vector256.Create(CountBits), Vector256.Create(CountOrigin));
        for (; groups > 0; groups--)
        {
            var (even, odd) = (Pair(ref words, 0), Pair(ref words, BucketWords));
            var counts = Avx.UnpackLow(even, odd).AsUInt64() & mask;
            ((counts | origin.AsUInt64()).AsDouble() - origin).StoreUnsafe(ref target);
            Avx.UnpackHigh(even, odd).StoreUnsafe(ref target, Length);
            (even, odd) = (Pair(ref words, 2), Pair(ref words, BucketWords + 2));
            Avx.UnpackLow(even, odd).StoreUnsafe(ref target, 2 * Length);
            Avx.UnpackHigh(even, odd).StoreUnsafe(ref target, 3 * Length);
            (even, odd) = (Pair(ref words, 4), Pair(ref words, BucketWords + 4));
            Avx.UnpackLow(even, odd).StoreUnsafe(ref target, 4 * Length);
            Avx.UnpackHigh(even, odd).StoreUnsafe(ref target, 5 * Length);
            (even, odd) = (Pair(ref words, 6), Pair(ref words, BucketWords + 6));
            Avx.UnpackLow(even, odd).StoreUnsafe(ref target, 6 * Length);
            Avx.UnpackHigh(even, odd).StoreUnsafe(ref target, 7 * Length);
            words = ref Unsafe.Add(ref words, Group * BucketWords);
            target = ref Unsafe.Add(ref target, Group);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(ref double words, nuint from) =>
        Vector256.Create(Vector128.LoadUnsafe(ref words, from), Vector128.LoadUnsafe(ref words, from + (2 * BucketWords)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref double Column(int column) => ref _data[column * Length];
}
