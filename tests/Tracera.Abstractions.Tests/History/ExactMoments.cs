using System.Numerics;

namespace Tracera.Abstractions.Tests.History;

/// <summary>The moments of ticks straight from their definitions, in rational numbers; rounded only at the very end.</summary>
internal static class ExactMoments
{
    private const int Scale = 28;
    private static readonly BigInteger Unit = BigInteger.Pow(10, Scale);

    public static BarMoments Of(IReadOnlyList<(decimal Price, long Time)> ticks, decimal open)
    {
        BigInteger n = ticks.Count;
        var x = ticks.Select(tick => Exact(tick.Price)).ToArray();
        var t = ticks.Select(tick => (BigInteger)tick.Time).ToArray();
        var (sumX, sumT) = (Sum(x), Sum(t));

        // Deviations from the mean, each times n, so that they stay whole.
        var dx = x.Select(value => (n * value) - sumX).ToArray();
        var dt = t.Select(value => (n * value) - sumT).ToArray();
        BigInteger second = UnixTime.MicrosecondsPerSecond;
        return new BarMoments(
            ticks.Count,
            Divide(sumX - (n * Exact(open)), n * Unit),
            Divide(Sum(dx.Select(d => d * d)), n * n * Unit * Unit),
            Divide(sumT, n * second),
            Divide(Sum(dt.Select(d => d * d)), n * n * second * second),
            Divide(Sum(dx.Zip(dt, (a, b) => a * b)), n * n * Unit * second));
    }

    private static BigInteger Exact(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return (bits[3] < 0 ? -mantissa : mantissa) * BigInteger.Pow(10, Scale - value.Scale);
    }

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, (a, b) => a + b);

    // Sixty-four significant bits of the quotient, then one rounding.
    private static double Divide(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        var shift = 64 + (int)(denominator.GetBitLength() - BigInteger.Abs(numerator).GetBitLength());
        var quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }
}
