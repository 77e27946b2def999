namespace Tracera.Volatility.Moments;

/// <summary>A number held as the unevaluated sum of two doubles, about 106 bits: sums of many terms stay exact to the last place of a double.</summary>
/// <remarks>Knuth, The Art of Computer Programming 2, 4.2.2 (the sum); Dekker, Numerische Mathematik 18 (1971), 224 (the pair).</remarks>
/// <param name="High">The number rounded to a double.</param>
/// <param name="Low">What the rounding left.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>The number as a double.</summary>
    public double Value => High + Low;

    /// <summary>a + b without any error.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>a · b without any error, but for underflow.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        var product = a * b;
        return new DoubleDouble(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    public DoubleDouble Add(double value)
    {
        var sum = Sum(High, value);
        return Renormalize(sum.High, sum.Low + Low);
    }

    public DoubleDouble Add(in DoubleDouble value)
    {
        var sum = Sum(High, value.High);
        return Renormalize(sum.High, sum.Low + Low + value.Low);
    }

    public DoubleDouble Subtract(in DoubleDouble value) => Add(new DoubleDouble(-value.High, -value.Low));

    public DoubleDouble Times(double factor)
    {
        var product = Product(High, factor);
        return Renormalize(product.High, Math.FusedMultiplyAdd(Low, factor, product.Low));
    }

    public DoubleDouble DividedBy(double divisor)
    {
        var quotient = High / divisor;
        var rest = Math.FusedMultiplyAdd(-quotient, divisor, High) + Low;
        return Renormalize(quotient, rest / divisor);
    }

    // |high| is not below |low| here.
    private static DoubleDouble Renormalize(double high, double low)
    {
        var sum = high + low;
        return new DoubleDouble(sum, low - (sum - high));
    }
}
