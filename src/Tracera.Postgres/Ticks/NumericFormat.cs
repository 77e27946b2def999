using System.Buffers.Binary;
using System.Numerics;
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
    private const int MaxShortDigits = 4;
    private const int DigitBits = 16;
    private const ulong Base = 10_000;
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

    /// <summary>Writes a value to a place whose room the caller has checked. Up to <see cref="MaxBytes"/> bytes of it may be written over.</summary>
    public static int Write(ref byte to, decimal value)
    {
        var bits = Unsafe.BitCast<decimal, DecimalBits>(value);
        var scale = (bits.Flags >> 16) & 0xFF;
        var padding = -scale & 3;
        var sign = (long)(uint)bits.Flags >> 31 << 14;
        return bits.High == 0 && bits.Low < TenToThe16 / 1_000
            ? WriteShort(ref to, bits.Low * PowersOfTen[padding], sign, scale)
            : WriteLong(ref to, new UInt128(bits.High, bits.Low) * PowersOfTen[padding], sign, scale);
    }

    // Up to four digits lie in a word, the highest first, and go out at one stroke.
    private static int WriteShort(ref byte to, ulong value, long sign, int scale)
    {
        var high = value / (Base * Base);
        var low = value - (high * (Base * Base));
        var (highest, third) = (high / Base, low / Base);
        var digits = (highest << 48) | ((high - (highest * Base)) << 32) | (third << 16) | (low - (third * Base));
        if (digits == 0)
        {
            Put(ref to, scale);
            return HeaderBytes;
        }

        var leading = BitOperations.LeadingZeroCount(digits) / DigitBits;
        var count = MaxShortDigits - leading - (BitOperations.TrailingZeroCount(digits) / DigitBits);
        PutHeader(ref to, count, MaxShortDigits - leading, sign, scale);
        Put(ref Unsafe.Add(ref to, HeaderBytes), (long)(digits << (leading * DigitBits)));
        return HeaderBytes + (2 * count);
    }

    // The lowest digit first.
    private static int WriteLong(ref byte to, UInt128 value, long sign, int scale)
    {
        Span<ushort> digits = stackalloc ushort[MaxDigits];
        var (filled, trailing) = (Split(digits, value), 0);
        while (digits[trailing] == 0)
        {
            trailing++;
        }

        PutHeader(ref to, filled - trailing, filled, sign, scale);
        ref var place = ref Unsafe.Add(ref to, HeaderBytes);
        for (var i = filled - 1; i >= trailing; i--, place = ref Unsafe.Add(ref place, 2))
        {
            Unsafe.WriteUnaligned(ref place, BinaryPrimitives.ReverseEndianness(digits[i]));
        }

        return HeaderBytes + (2 * (filled - trailing));
    }

    // Number of digits, weight of the first, sign, scale: sixteen bits each. The scale with its padding is a whole number of digits.
    private static void PutHeader(ref byte to, int count, int filled, long sign, int scale)
    {
        var weight = (ushort)(filled - ((scale + 3) / 4) - 1);
        Put(ref to, ((long)count << 48) | ((long)weight << 32) | (sign << 16) | (uint)scale);
    }

    private static void Put(ref byte to, long word) => Unsafe.WriteUnaligned(ref to, BinaryPrimitives.ReverseEndianness(word));

    private static int Split(Span<ushort> digits, UInt128 value)
    {
        var count = 0;
        while (value > ulong.MaxValue)
        {
            var (rest, part) = UInt128.DivRem(value, TenToThe16);
            var four = (ulong)part;
            for (var i = 0; i < MaxShortDigits; i++, four /= Base)
            {
                digits[count++] = (ushort)(four % Base);
            }

            value = rest;
        }

        for (var left = (ulong)value; left != 0; left /= Base)
        {
            digits[count++] = (ushort)(left % Base);
        }

        return count;
    }

    // As decimal lies in memory, which is the DECIMAL of OLE automation.
    private readonly record struct DecimalBits(int Flags, uint High, ulong Low);
}
