using System.Runtime.CompilerServices;

namespace Tracera.Volatility.Moments;

/// <summary>A price as the sum of two doubles: what a decimal says, to more than 100 bits.</summary>
/// <param name="High">The price rounded to a double, or a price close to it.</param>
/// <param name="Low">What is missing.</param>
internal readonly record struct PricePair(double High, double Low)
{
    private const double LowShare = 4.5e-16;
    private const double HighShare = 1.4e-23;
    private const int ExactPowers = 22;
    private const ulong ExactLimit = 1UL << 53;
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The price.</summary>
    public double Value => High + Low;

    /// <summary>How far the pair may be from the decimal it stands for: a few roundings of <see cref="Low"/>, which itself is held to 77 bits of the price.</summary>
    public double Resolution => (Math.Abs(Low) * LowShare) + (Math.Abs(High) * HighShare);

    /// <summary>The price of a decimal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PricePair Of(decimal price)
    {
        var parts = Unsafe.BitCast<decimal, Parts>(price);
        var scale = (parts.Flags >> 16) & 0xFF;
        if (parts.High != 0 || parts.Low >= ExactLimit || scale > ExactPowers || parts.Flags < 0)
        {
            return Long(price, parts);
        }

        // Digits and power are exact, so the rest of the division is exact too.
        double whole = (long)parts.Low;
        var power = Powers[scale];
        var high = whole / power;
        return new PricePair(high, Math.FusedMultiplyAdd(-high, power, whole) / power);
    }

    /// <summary>This price less a double: exact where both lie close together, else rounded once or twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Less(double other) => (High - other) + Low;

    /// <summary>This price less another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Less(in PricePair other) => (High - other.High) + (Low - other.Low);

    private static PricePair Long(decimal price, in Parts parts)
    {
        const double word = 4_294_967_296;
        var digits = DoubleDouble.Product(parts.High, word * word).Add((uint)(parts.Low >> 32) * word).Add((uint)parts.Low);
        var scale = (parts.Flags >> 16) & 0xFF;
        var most = Math.Min(scale, ExactPowers);
        var quotient = digits.DividedBy(Powers[most]).DividedBy(Powers[scale - most]);
        return price < 0 ? new PricePair(-quotient.High, -quotient.Low) : new PricePair(quotient.High, quotient.Low);
    }

    // How a decimal lies in memory: sign and scale, then its 96 digits of two.
    private readonly record struct Parts(int Flags, uint High, ulong Low);
}
