using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Tracera.Shared;

/// <summary>Asks the processor to fetch a line of memory that is needed soon. A hint: it changes nothing and cannot fail.</summary>
internal static class CacheHint
{
    private const int Line = 64;

    /// <summary>Fetches the line at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Soon<T>(ref T place, int offset = 0)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref place) + offset);
        }
    }

    /// <summary>Fetches some lines that follow one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void SoonLines<T>(ref T place, int lines)
    {
        if (Sse.IsSupported)
        {
            var at = (byte*)Unsafe.AsPointer(ref place);
            for (var end = at + (lines * Line); at < end; at += Line)
            {
                Sse.Prefetch0(at);
            }
        }
    }

    /// <summary>Fetches two lines at an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void SoonPair(nint address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)address);
            Sse.Prefetch0((byte*)address + Line);
        }
    }
}
