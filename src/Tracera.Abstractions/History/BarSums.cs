using System.Numerics;

namespace Tracera;

/// <summary>The exact sums over the ticks of one bucket: what stores keep, so that bars combine and change without drift.</summary>
/// <remarks>
/// Prices count in units of 10^−<see cref="Scale"/>, times in microseconds since the bucket's start. Adding is exact and commutes; subtracting what
/// was added gives back the sums before, at a scale that may have become finer.
/// </remarks>
/// <param name="Count">n.</param>
/// <param name="Scale">The number of decimals of the price unit, 0 to 28.</param>
/// <param name="Price">Σx, in 10^−Scale.</param>
/// <param name="PriceSquared">Σx², in 10^−2·Scale.</param>
/// <param name="Time">Σt, in microseconds.</param>
/// <param name="TimeSquared">Σt², in microseconds squared.</param>
/// <param name="TimePrice">Σt·x, in microseconds times 10^−Scale.</param>
public readonly record struct BarSums(
    long Count,
    int Scale,
    BigInteger Price,
    BigInteger PriceSquared,
    BigInteger Time,
    BigInteger TimeSquared,
    BigInteger TimePrice)
{
    /// <summary>The sums of two sets of ticks of one bucket together.</summary>
    public static BarSums operator +(in BarSums left, in BarSums right) => left.Add(right);

    /// <summary>The sums of a set of ticks without some of them.</summary>
    public static BarSums operator -(in BarSums left, in BarSums right) => left.Subtract(right);

    /// <summary>The sums over a single tick.</summary>
    /// <param name="price">Its price.</param>
    /// <param name="timeMicroseconds">Its time since the bucket's start.</param>
    /// <returns>The sums.</returns>
    public static BarSums Of(decimal price, long timeMicroseconds)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(price, bits);
        var mantissa = (new BigInteger((uint)bits[2]) << 64) | (((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var x = price < 0 ? -mantissa : mantissa;
        BigInteger t = timeMicroseconds;
        return new BarSums(1, price.Scale, x, x * x, t, t * t, t * x);
    }

    /// <summary>The sums of this set of ticks and another of the same bucket.</summary>
    /// <param name="other">The other's sums.</param>
    /// <returns>The sums of both.</returns>
    public BarSums Add(in BarSums other)
    {
        var scale = Math.Max(Scale, other.Scale);
        var (a, b) = (Rescale(scale), other.Rescale(scale));
        return new BarSums(
            a.Count + b.Count,
            scale,
            a.Price + b.Price,
            a.PriceSquared + b.PriceSquared,
            a.Time + b.Time,
            a.TimeSquared + b.TimeSquared,
            a.TimePrice + b.TimePrice);
    }

    /// <summary>The sums of this set of ticks without some of them.</summary>
    /// <param name="other">The sums of ticks that are among these.</param>
    /// <returns>The sums of the others; the scale stays the finer of both.</returns>
    public BarSums Subtract(in BarSums other) => Add(other with
    {
        Count = -other.Count,
        Price = -other.Price,
        PriceSquared = -other.PriceSquared,
        Time = -other.Time,
        TimeSquared = -other.TimeSquared,
        TimePrice = -other.TimePrice,
    });

    /// <summary>The same ticks with their times counted from another start, as a wider bucket does.</summary>
    /// <param name="microseconds">How much later this bucket begins than the other, 0 or more.</param>
    /// <returns>The sums with shifted times.</returns>
    public BarSums Shift(long microseconds)
    {
        BigInteger d = microseconds;
        return this with
        {
            Time = Time + (Count * d),
            TimeSquared = TimeSquared + (2 * d * Time) + (Count * d * d),
            TimePrice = TimePrice + (d * Price),
        };
    }

    /// <summary>The centred moments: what cancels is computed exactly, and only what is left is rounded.</summary>
    /// <param name="open">The bar's open price, from which deviations count.</param>
    /// <returns>The moments; all zero when there is no tick.</returns>
    public BarMoments ToMoments(decimal open)
    {
        if (Count == 0)
        {
            return default;
        }

        var origin = Of(open, 0);
        var scale = Math.Max(Scale, origin.Scale);
        var (sums, unit) = (Rescale(scale), Math.Pow(10, scale));
        BigInteger n = Count;
        return new BarMoments(
            Count,
            (double)(sums.Price - (n * origin.Rescale(scale).Price)) / Count / unit,
            (double)((n * sums.PriceSquared) - (sums.Price * sums.Price)) / Count / unit / unit,
            (double)Time / Count / UnixTime.MicrosecondsPerSecond,
            (double)((n * TimeSquared) - (Time * Time)) / Count / UnixTime.MicrosecondsPerSecond / UnixTime.MicrosecondsPerSecond,
            (double)((n * sums.TimePrice) - (Time * sums.Price)) / Count / unit / UnixTime.MicrosecondsPerSecond);
    }

    private BarSums Rescale(int scale)
    {
        if (scale == Scale)
        {
            return this;
        }

        var factor = BigInteger.Pow(10, scale - Scale);
        return this with
        {
            Scale = scale,
            Price = Price * factor,
            PriceSquared = PriceSquared * factor * factor,
            TimePrice = TimePrice * factor,
        };
    }
}
