using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracera.Volatility.Kernels;

/// <summary>An array that begins with a line of the processor's cache, so that elements of 64 bytes take one line and not two.</summary>
/// <typeparam name="T">The elements.</typeparam>
internal sealed class AlignedMemory<T>
    where T : unmanaged
{
    private const int Line = 64;
    private readonly T[] _data;
    private readonly nint _offset;

    public unsafe AlignedMemory(int length)
    {
        Length = length;
        _data = GC.AllocateArray<T>(length + (Line / Unsafe.SizeOf<T>()) + 1, pinned: true);
        _offset = (nint)(-(long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_data)) & (Line - 1));
    }

    /// <summary>How many elements there are.</summary>
    public int Length { get; }

    /// <summary>An element. The place is not checked.</summary>
    public ref T this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_data), _offset), place);
    }

    /// <summary>Some elements.</summary>
    public Span<T> Slice(int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)from + (uint)count, (uint)Length);
        return MemoryMarshal.CreateSpan(ref this[from], count);
    }

    /// <summary>The same elements and room for more.</summary>
    public AlignedMemory<T> Grown(int length)
    {
        var grown = new AlignedMemory<T>(length);
        Slice(0, Length).CopyTo(grown.Slice(0, Length));
        return grown;
    }
}
