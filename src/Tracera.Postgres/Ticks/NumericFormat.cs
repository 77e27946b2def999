using System.Buffers.Binary;

namespace Tracera.Postgres;

/// <summary>Writes a decimal as PostgreSQL's binary <c>numeric</c>: digits to the base of 10,000 around the decimal point (numeric_recv in numeric.c).</summary>
internal static class NumericFormat
{
    /// <summary>The most bytes that a value takes: a header of eight, and ten digits.</summary>
    public const int MaxBytes = 8 + (2 * MaxDigits);

    private const int MaxDigits = 10;
    private const int Base = 10_000;
    private const short Negative = 0x4000;
    private const ulong TenToThe16 = 10_000_000_000_000_000;

    private static ReadOnlySpan<int> PowersOfTen => [1, 10, 100, 1_000];

    /// <summary>Writes a value.</summary>
    /// <param name="to">At least <see cref="MaxBytes"/> bytes.</param>
    /// <param name="value">Any decimal; its scale is kept.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> to, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var padding = -scale & 3;

        // Base-10,000 digits, the lowest first, of the mantissa moved so that the point stands between two of them.
        Span<short> digits = stackalloc short[MaxDigits];
        var low = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        var count = bits[2] == 0 && low < ulong.MaxValue / 1_000
            ? Split(digits, low * (uint)PowersOfTen[padding])
            : SplitWide(digits, new UInt128((uint)bits[2], low) * (uint)PowersOfTen[padding]);
        var trailing = 0;
        while (trailing < count && digits[trailing] == 0)
        {
            trailing++;
        }

        var weight = count - ((scale + padding) / 4) - 1;
        BinaryPrimitives.WriteInt16BigEndian(to, (short)(count - trailing));
        BinaryPrimitives.WriteInt16BigEndian(to[2..], count == 0 ? (short)0 : (short)weight);
        BinaryPrimitives.WriteInt16BigEndian(to[4..], bits[3] < 0 && count > 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)scale);
        var at = 8;
        for (var i = count - 1; i >= trailing; i--, at += 2)
        {
            BinaryPrimitives.WriteInt16BigEndian(to[at..], digits[i]);
        }

        return at;
    }

    private static int Split(Span<short> digits, ulong value)
    {
        var count = 0;
        for (; value != 0; count++)
        {
            var rest = value / Base;
            digits[count] = (short)(value - (rest * Base));
            value = rest;
        }

        return count;
    }

    private static int SplitWide(Span<short> digits, UInt128 value)
    {
        var count = 0;
        while (value > ulong.MaxValue)
        {
            var (rest, part) = UInt128.DivRem(value, TenToThe16);
            var four = (ulong)part;
            for (var i = 0; i < 4; i++, four /= Base)
            {
                digits[count++] = (short)(four % Base);
            }

            value = rest;
        }

        return count + Split(digits[count..], (ulong)value);
    }
}
