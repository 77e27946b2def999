using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tracera.Volatility.Kernels;

/// <summary>Eight neighbouring windows of 20 rows of eight items: window k holds the rows k+1 to k+20, and row k stands before it.</summary>
internal static class RollingGroup512
{
    public const int Lanes = 8;
    private const int Origin = 14;
    private const double Reciprocal = 1d / RollingKernel.Period;
    private const double Percent = 100;

    // 2·Σ(i−9.5)² over i = 0…19: weights are twice the distance from the middle.
    private const double SlopeScale = 1d / 1_330;

    // Where it is inlined, its own calls exceed what is inlined into one method, and a point takes twice as long.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Compute(ref readonly double rows, double width, ref double target, int column)
    {
        var origin = Row(in rows, Origin);
        var (sum, squares, weighted) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (sum2, squares2, weighted2) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);

        // The rows that all eight windows share, from both ends at once, so that two sums grow independently of each other.
        Add(Row(in rows, 8) - origin, 8, ref sum, ref squares, ref weighted);
        Add(Row(in rows, 20) - origin, 20, ref sum2, ref squares2, ref weighted2);
        Add(Row(in rows, 9) - origin, 9, ref sum, ref squares, ref weighted);
        Add(Row(in rows, 19) - origin, 19, ref sum2, ref squares2, ref weighted2);
        Add(Row(in rows, 10) - origin, 10, ref sum, ref squares, ref weighted);
        Add(Row(in rows, 18) - origin, 18, ref sum2, ref squares2, ref weighted2);
        Add(Row(in rows, 11) - origin, 11, ref sum, ref squares, ref weighted);
        Add(Row(in rows, 17) - origin, 17, ref sum2, ref squares2, ref weighted2);
        Add(Row(in rows, 12) - origin, 12, ref sum, ref squares, ref weighted);
        Add(Row(in rows, 16) - origin, 16, ref sum2, ref squares2, ref weighted2);
        Add(Row(in rows, 13) - origin, 13, ref sum, ref squares, ref weighted);
        Add(Row(in rows, 15) - origin, 15, ref sum2, ref squares2, ref weighted2);
        (sum, squares, weighted) = (sum + sum2, squares + squares2, weighted + weighted2);

        // What each window but the last has before these rows, and what each but the first has behind them.
        var (s7, q7, w7) = (sum, squares, weighted);
        Add(Row(in rows, 7) - origin, 7, ref sum, ref squares, ref weighted);
        var (s6, q6, w6) = (sum, squares, weighted);
        Add(Row(in rows, 6) - origin, 6, ref sum, ref squares, ref weighted);
        var (s5, q5, w5) = (sum, squares, weighted);
        Add(Row(in rows, 5) - origin, 5, ref sum, ref squares, ref weighted);
        var (s4, q4, w4) = (sum, squares, weighted);
        Add(Row(in rows, 4) - origin, 4, ref sum, ref squares, ref weighted);
        var (s3, q3, w3) = (sum, squares, weighted);
        Add(Row(in rows, 3) - origin, 3, ref sum, ref squares, ref weighted);
        var (s2, q2, w2) = (sum, squares, weighted);
        Add(Row(in rows, 2) - origin, 2, ref sum, ref squares, ref weighted);
        var (s1, q1, w1) = (sum, squares, weighted);
        Add(Row(in rows, 1) - origin, 1, ref sum, ref squares, ref weighted);
        Finish(sum, squares, weighted, 0, origin, in rows, width, ref target, column);
        (sum, squares, weighted) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        Add(Row(in rows, 21) - origin, 21, ref sum, ref squares, ref weighted);
        Finish(sum + s1, squares + q1, weighted + w1, 1, origin, in rows, width, ref target, column);
        Add(Row(in rows, 22) - origin, 22, ref sum, ref squares, ref weighted);
        Finish(sum + s2, squares + q2, weighted + w2, 2, origin, in rows, width, ref target, column);
        Add(Row(in rows, 23) - origin, 23, ref sum, ref squares, ref weighted);
        Finish(sum + s3, squares + q3, weighted + w3, 3, origin, in rows, width, ref target, column);
        Add(Row(in rows, 24) - origin, 24, ref sum, ref squares, ref weighted);
        Finish(sum + s4, squares + q4, weighted + w4, 4, origin, in rows, width, ref target, column);
        Add(Row(in rows, 25) - origin, 25, ref sum, ref squares, ref weighted);
        Finish(sum + s5, squares + q5, weighted + w5, 5, origin, in rows, width, ref target, column);
        Add(Row(in rows, 26) - origin, 26, ref sum, ref squares, ref weighted);
        Finish(sum + s6, squares + q6, weighted + w6, 6, origin, in rows, width, ref target, column);
        Add(Row(in rows, 27) - origin, 27, ref sum, ref squares, ref weighted);
        Finish(sum + s7, squares + q7, weighted + w7, 7, origin, in rows, width, ref target, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Row(ref readonly double rows, int row) => Vector512.LoadUnsafe(in rows, (nuint)(row * Lanes));

    // Weights count from the origin's row, so that they are small whole numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<double> deviation, int row, ref Vector512<double> sum, ref Vector512<double> squares, ref Vector512<double> weighted)
    {
        sum += deviation;
        squares = Vector512.FusedMultiplyAdd(deviation, deviation, squares);
        weighted = Vector512.FusedMultiplyAdd(deviation, Vector512.Create(2d * (row - Origin)), weighted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(
        Vector512<double> sum,
        Vector512<double> squares,
        Vector512<double> weighted,
        int window,
        Vector512<double> origin,
        ref readonly double rows,
        double width,
        ref double target,
        int column)
    {
        var shift = sum * Reciprocal;
        var centred = Vector512.MaxNative(squares - (shift * sum), Vector512<double>.Zero);
        var distance = Vector512.Sqrt(centred * Reciprocal) * width;
        var middle = origin + shift;
        var place = (nuint)(window * Lanes);
        (middle + distance).StoreUnsafe(ref target, place);
        middle.StoreUnsafe(ref target, place + (nuint)column);
        (middle - distance).StoreUnsafe(ref target, place + (nuint)(2 * column));

        // The middle of window k lies at row k + 10.5.
        var slope = Vector512.FusedMultiplyAdd(sum, Vector512.Create((2d * Origin) - 21 - (2 * window)), weighted);
        (slope * SlopeScale).StoreUnsafe(ref target, place + (nuint)(3 * column));
        var first = Row(in rows, window);
        var change = (Row(in rows, window + RollingKernel.Period) - first) / first;
        (change * Percent).StoreUnsafe(ref target, place + (nuint)(4 * column));
    }
}
