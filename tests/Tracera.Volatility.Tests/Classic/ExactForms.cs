using System.Numerics;
using Tracera.Volatility.Tests.Logarithms;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Classic;

/// <summary>The classic forms by integers of any length, position by position as the textbooks write them.</summary>
internal static class ExactForms
{
    public static double Mean(ReadOnlySpan<double> values) => Fixed.Ratio(Sum(values), Fixed.One * values.Length);

    public static double Deviation(ReadOnlySpan<double> values) =>
        Math.Sqrt(Fixed.Ratio(Spread(values), Fixed.One * Fixed.One * values.Length * values.Length));

    public static double Score(ReadOnlySpan<double> values)
    {
        var lag = (Fixed.Of(values[^1]) * values.Length) - Sum(values);
        return Fixed.Ratio(lag, Fixed.One * values.Length) / Deviation(values);
    }

    public static double Change(double before, double value) => Fixed.Ratio((Fixed.Of(value) - Fixed.Of(before)) * 100, Fixed.Of(before));

    /// <summary>At every bar from the Nth on; NaN before.</summary>
    public static double[] Parkinson(Bars bars, int period)
    {
        var squares = Terms(bars, i => BigInteger.Pow(ExactLog.Of(bars.Low[i], bars.High[i]), 2));
        return Roll(squares, period, sum => Fixed.Ratio(sum, 4 * period * ExactLog.Ln2 * Fixed.One));
    }

    /// <summary>At every bar from the Nth on; NaN before.</summary>
    public static double[] GarmanKlass(Bars bars, int period)
    {
        var terms = Terms(bars, i =>
        {
            var (range, move) = (ExactLog.Of(bars.Low[i], bars.High[i]), ExactLog.Of(bars.Open[i], bars.Close[i]));
            return ((range * range) << (Fixed.Bits - 1)) - (((2 * ExactLog.Ln2) - Fixed.One) * move * move);
        });
        return Roll(terms, period, sum => Fixed.Ratio(sum, BigInteger.Pow(Fixed.One, 3) * period));
    }

    /// <summary>At every bar after the Nth; NaN before.</summary>
    public static double[] AverageTrueRange(Bars bars, int period)
    {
        var (averages, average) = (new double[bars.Count], BigInteger.Zero);
        averages.AsSpan(0, Math.Min(period, bars.Count)).Fill(double.NaN);
        for (var i = 1; i < bars.Count; i++)
        {
            var (high, low, before) = (Fixed.Of(bars.High[i]), Fixed.Of(bars.Low[i]), Fixed.Of(bars.Close[i - 1]));
            var range = BigInteger.Max(high - low, BigInteger.Max(BigInteger.Abs(high - before), BigInteger.Abs(low - before)));
            average = i <= period ? average + range : ((average * (period - 1)) + range) / period;
            average = i == period ? average / period : average;
            averages[i] = i < period ? double.NaN : Fixed.ToDouble(average);
        }

        return averages;
    }

    private static BigInteger[] Terms(Bars bars, Func<int, BigInteger> term) => [.. Enumerable.Range(0, bars.Count).Select(term)];

    private static double[] Roll(BigInteger[] terms, int period, Func<BigInteger, double> variance)
    {
        var results = new double[terms.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            var last = terms.Take(i + 1).TakeLast(period).Aggregate(BigInteger.Zero, (sum, term) => sum + term);
            results[i] = i < period - 1 ? double.NaN : Math.Sqrt(variance(last));
        }

        return results;
    }

    private static BigInteger Sum(ReadOnlySpan<double> values)
    {
        var sum = BigInteger.Zero;
        foreach (var value in values)
        {
            sum += Fixed.Of(value);
        }

        return sum;
    }

    // n·Σ(x−μ)².
    private static BigInteger Spread(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (Sum(values), BigInteger.Zero);
        foreach (var value in values)
        {
            squares += BigInteger.Pow(Fixed.Of(value), 2);
        }

        return (values.Length * squares) - (sum * sum);
    }
}
