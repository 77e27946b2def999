using System.Numerics;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Logarithms;

/// <summary>Logarithms of ratios by integers of any length, as <see cref="Fixed"/> numbers.</summary>
internal static class ExactLog
{
    public static BigInteger Ln2 { get; } = OfOneTo(2, 1);

    /// <summary>ln(to/from).</summary>
    public static BigInteger Of(decimal from, decimal to) => Of(Whole(from), Whole(to));

    /// <summary>ln(to/from).</summary>
    public static BigInteger Of(double from, double to) => Of(Fixed.Of(from), Fixed.Of(to));

    private static BigInteger Of(BigInteger from, BigInteger to)
    {
        var doublings = (int)(to.GetBitLength() - from.GetBitLength());
        return (doublings * Ln2) + (doublings < 0 ? OfOneTo(to << -doublings, from) : OfOneTo(to, from << doublings));
    }

    // ln(a/b) = 2·artanh((a − b)/(a + b)), a and b of about one size.
    private static BigInteger OfOneTo(BigInteger a, BigInteger b)
    {
        var ratio = ((a - b) << Fixed.Bits) / (a + b);
        var (square, power, sum) = ((ratio * ratio) >> Fixed.Bits, ratio, BigInteger.Zero);
        for (var odd = 1; !power.IsZero && odd < 3 * Fixed.Bits; odd += 2)
        {
            sum += power / odd;
            power = (power * square) >> Fixed.Bits;
        }

        return 2 * sum;
    }

    // The factor is the same for both sides of a ratio.
    private static BigInteger Whole(decimal value) => new(value * 10_000_000_000_000_000m);
}
