using System.Buffers.Binary;
using System.Numerics;

namespace Tracera.Postgres;

/// <summary>Reads the binary form of <c>numeric</c>: digits to the base of 10,000, the weight of the first, the sign, and the number of decimals (src/backend/utils/adt/numeric.c, numeric_send).</summary>
internal readonly ref struct WireNumeric
{
    private const int Header = 8;
    private const int DigitsAtOnce = 9;
    private const int DecimalsPerDigit = 4;
    private const int MaxScale = 28;
    private const ushort Negative = 0x4000;
    private static readonly Int128[] SmallPowers = Powers();
    private readonly ReadOnlySpan<byte> _digits;
    private readonly int _weight;
    private readonly bool _isNegative;

    public WireNumeric(ReadOnlySpan<byte> value)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(value);
        _weight = BinaryPrimitives.ReadInt16BigEndian(value[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(value[4..]);
        Scale = BinaryPrimitives.ReadInt16BigEndian(value[6..]);
        _digits = value.Slice(Header, count * sizeof(short));
        _isNegative = sign == Negative;
        if (sign is not (0 or Negative))
        {
            throw new InvalidDataException("A numeric of the store is no number.");
        }
    }

    /// <summary>The number of decimals.</summary>
    public int Scale { get; }

    private int Count => _digits.Length / sizeof(short);

    // By how many decimals the number that the digits make must be moved to count in units of 10^-Scale.
    private int Shift => Scale - (DecimalsPerDigit * (Count - 1 - _weight));

    /// <summary>The number, in units of 10^−<see cref="Scale"/>.</summary>
    public BigInteger ToUnits()
    {
        if (TryToUnits(out var small))
        {
            return small;
        }

        BigInteger sum = 0;
        for (var i = 0; i < Count; i++)
        {
            sum = (sum * 10_000) + Digit(i);
        }

        sum = Shift >= 0 ? sum * BigInteger.Pow(10, Shift) : sum / BigInteger.Pow(10, -Shift);
        return _isNegative ? -sum : sum;
    }

    /// <summary>The same where it fits.</summary>
    public bool TryToUnits(out Int128 units)
    {
        units = 0;
        if (Count > DigitsAtOnce || Shift < -DecimalsPerDigit || (DecimalsPerDigit * Count) + Shift >= SmallPowers.Length)
        {
            return Count == 0;
        }

        for (var i = 0; i < Count; i++)
        {
            units = (units * 10_000) + Digit(i);
        }

        units = Shift >= 0 ? units * SmallPowers[Shift] : units / SmallPowers[-Shift];
        units = _isNegative ? -units : units;
        return true;
    }

    /// <summary>The number as a decimal; decimals that are zeros and do not fit are left out.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal.</exception>
    public decimal ToDecimal() => TryToDecimal(out var value) ? value : Fit(isExact: true);

    /// <summary>The number as a decimal; decimals that do not fit are left out, and one that is beyond every decimal becomes the last one. For sums.</summary>
    public decimal ToDecimalWithinRange() => TryToDecimal(out var value) ? value : Fit(isExact: false);

    private bool TryToDecimal(out decimal value)
    {
        value = 0;
        if (Scale > MaxScale || !TryToUnits(out var small) || Int128.Abs(small) >> 96 != 0)
        {
            return false;
        }

        var positive = (UInt128)Int128.Abs(small);
        value = new decimal((int)(uint)positive, (int)(uint)(positive >> 32), (int)(uint)(positive >> 64), _isNegative, (byte)Scale);
        return true;
    }

    private decimal Fit(bool isExact)
    {
        var (units, scale) = (BigInteger.Abs(ToUnits()), Scale);
        var limit = (BigInteger.One << 96) - 1;
        while ((units > limit || scale > MaxScale) && scale > 0 && (!isExact || units % 10 == 0))
        {
            (units, scale) = (units / 10, scale - 1);
        }

        if (isExact && (units > limit || scale > MaxScale))
        {
            throw new OverflowException($"A numeric of the store has more digits than a decimal, or {Scale} decimals; at most {MaxScale} can be read.");
        }

        var bits = decimal.GetBits((decimal)BigInteger.Min(units, limit));
        return new decimal(bits[0], bits[1], bits[2], _isNegative, (byte)scale);
    }

    private static Int128[] Powers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    private int Digit(int at) => BinaryPrimitives.ReadInt16BigEndian(_digits[(at * sizeof(short))..]);
}
