using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Kernels;

/// <summary>Volatility from the log returns between the closes of a window, four at once.</summary>
/// <remarks>
/// ln(b/a) = 2·artanh((b−a)/(b+a)): the difference is taken before anything is rounded, so that returns of a billionth are as exact as large ones. Where prices move by less than 17% the series of
/// artanh to the 15th power is exact to the last place; larger moves take the logarithm of the quotient. Means and squares are two readings, as for the moments.
/// </remarks>
internal static class ReturnKernel
{
    private const int LeastReturns = 2;
    private const double Lambda = 0.94;
    private const double SeriesLimit = 0.08;
    private const int Weights = 184;

    // λ to the power Weights − 1 − i, so that the weights of m returns are the last m places.
    private static readonly double[] Decay = Powers();

    /// <summary>The mean, the centred square and the RiskMetrics variance of the log returns.</summary>
    /// <param name="columns">The closes, one at least.</param>
    /// <param name="run">Takes them; the variance is NaN when a close is 0 or less.</param>
    public static void Combine(WindowColumns columns, ref BucketRun run)
    {
        var count = columns.Parts - 1;
        run.Last = new PricePair(Unsafe.Add(ref columns.Open, count), Unsafe.Add(ref columns.Close, count));
        (run.ReturnMean, run.ReturnRest, run.ReturnM2, run.Variance) = (0, 0, 0, 0);
        if (!TryReturns(columns))
        {
            run.Variance = double.NaN;
            return;
        }

        if (count == 0)
        {
            return;
        }

        ref var returns = ref columns.Returns;
        ref var decay = ref Decay[Weights - count];
        var (sum, squares) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint i = 0; i < (nuint)count; i += (nuint)Vector256<double>.Count)
        {
            var value = Vector256.LoadUnsafe(ref returns, i);
            sum += value;
            squares = Vector256.FusedMultiplyAdd(value * value, Vector256.LoadUnsafe(ref decay, i), squares);
        }

        // The recurrence written out: (1−λ)·Σλ^(m−i)·rᵢ², and what the first return weighs more, λ^m·r₁².
        run.Variance = ((1 - Lambda) * Vector256.Sum(squares)) + (Lambda * decay * returns * returns);
        run.ReturnMean = Vector256.Sum(sum) / count;
        var (around, off) = Spread(columns, count, run.ReturnMean);
        run.ReturnM2 = Math.Max(0, around - (off * off / count));
        run.ReturnRest = (float)(off / count);
    }

    /// <summary>The sample standard deviation of the log returns, and the RiskMetrics volatility, both a year.</summary>
    /// <param name="run">What the buckets come to.</param>
    /// <param name="last">The close of a bucket after them; null when there is none.</param>
    /// <param name="bucketsPerYear">How many returns a year has.</param>
    /// <param name="sample">√(Σ(r−r̄)²/(m−1)·buckets); NaN with fewer than 3 closes, or a close of 0 or less.</param>
    /// <param name="weighted">√(v·buckets), v₁ = r₁², vᵢ = 0.94·vᵢ₋₁ + 0.06·rᵢ²; NaN as the other.</param>
    public static void Compute(in BucketRun run, PricePair? last, double bucketsPerYear, out double sample, out double weighted)
    {
        (sample, weighted) = (double.NaN, double.NaN);
        var (count, squares, variance) = (run.Buckets - 1, run.ReturnM2, run.Variance);
        if (last is { } close && count >= 0)
        {
            if (!TryReturn(run.Last, close, out var value))
            {
                return;
            }

            var distance = (value - run.ReturnMean) - run.ReturnRest;
            squares += distance * distance * count / (count + 1);
            variance = count == 0 ? variance + (value * value) : (Lambda * variance) + ((1 - Lambda) * value * value);
            count++;
        }

        if (count >= LeastReturns && !double.IsNaN(variance))
        {
            weighted = Math.Sqrt(variance * bucketsPerYear);
            sample = Math.Sqrt(squares / (count - 1) * bucketsPerYear);
        }
    }

    // The squared distances from a mean that is rounded, and the distances.
    private static (double Squares, double Sum) Spread(WindowColumns columns, int count, double mean)
    {
        ref var returns = ref columns.Returns;
        var (squares, sum) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < count; i += Vector256<double>.Count)
        {
            var distance = (Vector256.LoadUnsafe(ref returns, (nuint)i) - Vector256.Create(mean)) & Before(count - i);
            squares = Vector256.FusedMultiplyAdd(distance, distance, squares);
            sum += distance;
        }

        return (Vector256.Sum(squares), Vector256.Sum(sum));
    }

    // All bits where a place lies before the end, as many places away.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Before(double end) => Vector256.LessThan(Vector256.Create(0d, 1, 2, 3), Vector256.Create(end));

    // Behind the last return the column is zero up to a whole vector.
    private static bool TryReturns(WindowColumns columns)
    {
        var count = columns.Parts - 1;
        var whole = count & -Vector256<double>.Count;
        var positive = columns.Open + columns.Close > 0;
        for (var i = 0; i < whole; i += Vector256<double>.Count)
        {
            columns.FetchNext();
            var ratio = Ratio(columns, (nuint)i, out var later);
            if (IsSmall(ratio, later))
            {
                Series(ratio).StoreUnsafe(ref columns.Returns, (nuint)i);
                continue;
            }

            positive &= TryOneByOne(columns, i, i + Vector256<double>.Count);
        }

        return positive & (whole == count || TryOneByOne(columns, whole, count));
    }

    // (b − a)/(b + a), and b, of four closes a and the next ones b.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Ratio(WindowColumns columns, nuint place, out Vector256<double> later)
    {
        var (openA, openB) = (Vector256.LoadUnsafe(ref columns.Open, place), Vector256.LoadUnsafe(ref columns.Open, place + 1));
        var (closeA, closeB) = (Vector256.LoadUnsafe(ref columns.Close, place), Vector256.LoadUnsafe(ref columns.Close, place + 1));
        later = openB + closeB;
        return ((openB - openA) + (closeB - closeA)) / (openA + closeA + later);
    }

    // Whether the series is exact for all four, and all later closes are above 0; a ratio of one that is not counts as large.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSmall(Vector256<double> ratio, Vector256<double> later) => Vector256.LessThanAll(
        Vector256.ConditionalSelect(Vector256.GreaterThan(later, Vector256<double>.Zero), Vector256.Abs(ratio), Vector256<double>.One), Vector256.Create(SeriesLimit));

    private static bool TryOneByOne(WindowColumns columns, int from, int to)
    {
        columns.ReturnsOf(from, Vector256<double>.Count).Clear();
        for (var i = from; i < to; i++)
        {
            if (!TryReturn(CloseOf(columns, i), CloseOf(columns, i + 1), out Unsafe.Add(ref columns.Returns, i)))
            {
                return false;
            }
        }

        return true;
    }

    private static PricePair CloseOf(WindowColumns columns, int bucket) => new(Unsafe.Add(ref columns.Open, bucket), Unsafe.Add(ref columns.Close, bucket));

    private static bool TryReturn(in PricePair from, in PricePair to, out double value)
    {
        var (a, b) = (from.Value, to.Value);
        var ratio = to.Less(from) / (a + b);
        value = Math.Abs(ratio) < SeriesLimit ? Series(Vector256.CreateScalar(ratio)).ToScalar() : Math.Log(b / a);
        return a > 0 && b > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Series(Vector256<double> ratio)
    {
        // Halves of halves, so that few steps wait for one another.
        var square = ratio * ratio;
        var fourth = square * square;
        var low = Vector256.FusedMultiplyAdd(square, Vector256.Create(2d / 5), Vector256.Create(2d / 3));
        var middle = Vector256.FusedMultiplyAdd(square, Vector256.Create(2d / 9), Vector256.Create(2d / 7));
        var high = Vector256.FusedMultiplyAdd(square, Vector256.Create(2d / 13), Vector256.Create(2d / 11));
        high = Vector256.FusedMultiplyAdd(fourth, Vector256.Create(2d / 15), high);
        var sum = Vector256.FusedMultiplyAdd(fourth, Vector256.FusedMultiplyAdd(fourth, high, middle), low);
        return Vector256.FusedMultiplyAdd(ratio * square, sum, ratio + ratio);
    }

    private static double[] Powers()
    {
        var powers = new double[Weights + Vector256<double>.Count];
        var power = 1d;
        for (var i = Weights - 1; i >= 0; i--)
        {
            powers[i] = power;
            power *= Lambda;
        }

        return powers;
    }
}
