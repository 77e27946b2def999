using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracera.Postgres;

/// <summary>Writes a decimal as PostgreSQL's binary <c>numeric</c>: digits to the base of 10,000 around the decimal point (numeric_recv in numeric.c).</summary>
internal static class NumericFormat
{
    /// <summary>The most bytes that a value takes: a header of eight, and ten digits.</summary>
    public const int MaxBytes = HeaderBytes + (2 * MaxDigits);

    private const int HeaderBytes = 8;
    private const int MaxDigits = 10;
    private const int Base = 10_000;
    private const long Negative = 0x4000;
    private const ulong TenToThe16 = 10_000_000_000_000_000;

    private static ReadOnlySpan<uint> PowersOfTen => [1, 10, 100, 1_000];

    /// <summary>Writes a value.</summary>
    /// <param name="to">At least <see cref="MaxBytes"/> bytes.</param>
    /// <param name="value">Any decimal; its scale is kept.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static int Write(Span<byte> to, decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, MaxBytes);
        return Write(ref MemoryMarshal.GetReference(to), value);
    }

    /// <summary>Writes a value to a place whose room the caller has checked.</summary>
    public static int Write(ref byte to, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var padding = -scale & 3;

        // Base-10,000 digits, the lowest first, of the mantissa moved so that the point stands between two of them.
        Span<ushort> digits = stackalloc ushort[MaxDigits];
        var low = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        var count = bits[2] == 0 && low < ulong.MaxValue / 1_000
            ? Split(digits, low * PowersOfTen[padding])
            : SplitWide(digits, new UInt128((uint)bits[2], low) * PowersOfTen[padding]);
        if (count == 0)
        {
            Put(ref to, (uint)scale);
            return HeaderBytes;
        }

        var trailing = 0;
        while (digits[trailing] == 0)
        {
            trailing++;
        }

        // Number of digits, weight of the first, sign, scale: sixteen bits each.
        var weight = (ushort)(count - ((scale + padding) / 4) - 1);
        Put(ref to, ((long)(count - trailing) << 48) | ((long)weight << 32) | (bits[3] < 0 ? Negative << 16 : 0) | (uint)scale);
        ref var place = ref Unsafe.Add(ref to, HeaderBytes);
        for (var i = count - 1; i >= trailing; i--, place = ref Unsafe.Add(ref place, 2))
        {
            Unsafe.WriteUnaligned(ref place, BinaryPrimitives.ReverseEndianness(digits[i]));
        }

        return HeaderBytes + (2 * (count - trailing));
    }

    private static void Put(ref byte to, long header) => Unsafe.WriteUnaligned(ref to, BinaryPrimitives.ReverseEndianness(header));

    private static int Split(Span<ushort> digits, ulong value)
    {
        var count = 0;
        for (; value > uint.MaxValue; count++)
        {
            var rest = value / Base;
            digits[count] = (ushort)(value - (rest * Base));
            value = rest;
        }

        for (var left = (uint)value; left != 0; count++)
        {
            var rest = left / Base;
            digits[count] = (ushort)(left - (rest * Base));
            left = rest;
        }

        return count;
    }

    private static int SplitWide(Span<ushort> digits, UInt128 value)
    {
        var count = 0;
        while (value > ulong.MaxValue)
        {
            var (rest, part) = UInt128.DivRem(value, TenToThe16);
            var four = (ulong)part;
            for (var i = 0; i < 4; i++, four /= Base)
            {
                digits[count++] = (ushort)(four % Base);
            }

            value = rest;
        }

        return count + Split(digits[count..], (ulong)value);
    }
}
