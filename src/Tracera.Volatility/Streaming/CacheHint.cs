using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Tracera.Volatility.Streaming;

/// <summary>Asks the processor to fetch a line of memory that is needed soon. A hint: it changes nothing and cannot fail.</summary>
internal static class CacheHint
{
    /// <summary>Fetches the line at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Soon<T>(ref T place, int offset = 0)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref place) + offset);
        }
    }
}
