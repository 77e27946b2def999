using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracera.Ingestion;

/// <summary>Hashes text by multiplying and folding 16 bytes at a time, with a seed of the process, so that nobody outside can choose texts that collide.</summary>
/// <remarks>After the construction of Wang Yi's wyhash (public domain): the halves of a 128-bit product are folded onto each other. Not for storing or cryptography.</remarks>
internal static class TextHash
{
    private const ulong Fold = 0x9E37_79B9_7F4A_7C15;
    private const int Block = 16;
    private static readonly ulong First = (ulong)Random.Shared.NextInt64() | 1;
    private static readonly ulong Second = ((ulong)Random.Shared.NextInt64() << 1) | 1;

    public static int Of(string text)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        ref var at = ref MemoryMarshal.GetReference(bytes);
        var left = bytes.Length;
        var (hash, other) = (First ^ (ulong)left, Second);

        // Two chains, because the processor multiplies for one while it waits for the other.
        for (; left > 2 * Block; left -= 2 * Block, at = ref Unsafe.Add(ref at, 2 * Block))
        {
            hash = Mix(Read(ref at) ^ Second, Read(ref at, 1) ^ hash);
            other = Mix(Read(ref at, 2) ^ First, Read(ref at, 3) ^ other);
        }

        hash ^= other;
        if (left > Block)
        {
            hash = Mix(Read(ref at) ^ Second, Read(ref at, 1) ^ hash);
            left -= Block;
            at = ref Unsafe.Add(ref at, Block);
        }

        // The halves of the last block overlap where it is short of sixteen bytes.
        var (low, high) = left >= sizeof(ulong) ? (Read(ref at), Read(ref Unsafe.Add(ref at, left - sizeof(ulong)))) : (Short(ref at, left), 0UL);
        hash = Mix(low ^ Second, high ^ hash);
        return (int)Mix(hash, Fold);
    }

    private static ulong Read(ref byte at, int word = 0) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, word * sizeof(ulong)));

    private static ulong Short(ref byte at, int left)
    {
        ulong value = 0;
        for (var i = 0; i < left; i++)
        {
            value = (value << 8) | Unsafe.Add(ref at, i);
        }

        return value;
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
