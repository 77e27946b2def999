using System.Numerics;

namespace Tracera.Volatility.Tests.Support;

/// <summary>Numbers as integers of any length with 400 bits after the point: doubles of the size of prices are exact in them.</summary>
internal static class Fixed
{
    public const int Bits = 400;
    private const int ExponentBias = 1_075;

    public static BigInteger One { get; } = BigInteger.One << Bits;

    public static BigInteger Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var shift = (int)(bits >> 52) - ExponentBias + Bits;
        BigInteger mantissa = value == 0 ? 0 : (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
        var size = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return value < 0 ? -size : size;
    }

    public static double ToDouble(BigInteger value) => Ratio(value, One);

    /// <summary>a/b, rounded once.</summary>
    public static double Ratio(BigInteger a, BigInteger b)
    {
        var shift = (int)Math.Max(0, 80 + b.GetBitLength() - a.GetBitLength());
        return Math.ScaleB((double)((a << shift) / b), -shift);
    }
}
