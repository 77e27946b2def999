using System.Numerics;

namespace Tracera.Volatility.Tests.Moments;

/// <summary>The moments of ticks by integers of any length, rounded at the very end.</summary>
internal static class ExactMoments
{
    private static readonly BigInteger Unit = BigInteger.Pow(10, 28);

    public static WindowMoments Of(IReadOnlyCollection<PriceTick> ticks)
    {
        BigInteger n = ticks.Count;
        var (x, xx, t, tt, tx) = (BigInteger.Zero, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero);
        foreach (var tick in ticks)
        {
            var price = Scaled(tick.Price);
            BigInteger time = tick.ObservedAtMicroseconds;
            (x, xx, t, tt, tx) = (x + price, xx + (price * price), t + time, tt + (time * time), tx + (time * price));
        }

        var micro = BigInteger.Pow(10, 6);
        return new WindowMoments(
            ticks.Count,
            Ratio(x, n * Unit),
            Ratio((n * xx) - (x * x), n * Unit * Unit),
            Ratio((n * tt) - (t * t), n * micro * micro),
            Ratio((n * tx) - (t * x), n * micro * Unit));
    }

    private static BigInteger Scaled(decimal price)
    {
        var bits = decimal.GetBits(price);
        var mantissa = (new BigInteger((uint)bits[2]) << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        return mantissa * BigInteger.Pow(10, 28 - price.Scale) * (price < 0 ? -1 : 1);
    }

    // Shifted so that the quotient has more than 60 significant bits.
    private static double Ratio(BigInteger a, BigInteger b)
    {
        var shift = (int)Math.Max(0, 80 + b.GetBitLength() - a.GetBitLength());
        return Math.ScaleB((double)((a << shift) / b), -shift);
    }
}
