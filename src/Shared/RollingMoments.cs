using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracera.Shared;

/// <summary>Mean, population standard deviation and standard score over the last N values, at every position of a series.</summary>
/// <remarks>
/// The corrected two-pass algorithm of Chan, Golub, LeVeque, Algorithms for Computing the Sample Variance, The American Statistician 37 (1983), 242, for each
/// position anew: nothing is carried along, so nothing cancels and nothing drifts, whatever the series did before. One SIMD lane is one position, and a position's
/// result does not depend on which lane it was, nor on what lies beside it.
/// </remarks>
internal static class RollingMoments
{
    /// <summary>Computes what has a place to go: any of the results may be empty. The first N − 1 positions are NaN.</summary>
    /// <param name="values">The series.</param>
    /// <param name="period">N, 1 or more.</param>
    /// <param name="means">The means; may be the memory of the values.</param>
    /// <param name="deviations">The population standard deviations.</param>
    /// <param name="scores">The distances of the last value from the mean, in standard deviations.</param>
    public static void Compute(
        ReadOnlySpan<double> values, int period, Span<double> means, Span<double> deviations = default, Span<double> scores = default)
    {
        var end = values.Length;
        ref var first = ref MemoryMarshal.GetReference(values);
        for (; end - Vector<double>.Count >= period - 1; end -= Vector<double>.Count)
        {
            var start = end - Vector<double>.Count;
            var (mean, deviation, lag) = Lanes(ref Unsafe.Add(ref first, start - period + 1), period);
            Write(means, start, mean);
            Write(deviations, start, deviation);
            Write(scores, start, lag / deviation);
        }

        for (; end >= period; end--)
        {
            var (mean, deviation, lag) = Of(values[(end - period)..end]);
            Write(means, end - 1, mean);
            Write(deviations, end - 1, deviation);
            Write(scores, end - 1, lag / deviation);
        }

        Clear(means, end);
        Clear(deviations, end);
        Clear(scores, end);
    }

    /// <summary>The mean of all values, their population standard deviation, and how far the last stands above the mean; NaN without a value.</summary>
    public static (double Mean, double Deviation, double Lag) Of(ReadOnlySpan<double> values)
    {
        var (sum, shift, squares, distance) = (0d, 0d, 0d, 0d);
        foreach (var value in values)
        {
            sum += value;
        }

        var origin = sum / values.Length;
        foreach (var value in values)
        {
            distance = value - origin;
            shift += distance;
            squares += distance * distance;
        }

        var offset = shift / values.Length;
        var spread = Math.Max(squares - (shift * offset), 0);
        return (origin + offset, Math.Sqrt(spread / values.Length), distance - offset);
    }

    private static (Vector<double> Mean, Vector<double> Deviation, Vector<double> Lag) Lanes(ref double oldest, int period)
    {
        var (sum, shift, squares, distance) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < period; i++)
        {
            sum += Vector.LoadUnsafe(ref oldest, (nuint)i);
        }

        var origin = sum / period;
        for (var i = 0; i < period; i++)
        {
            distance = Vector.LoadUnsafe(ref oldest, (nuint)i) - origin;
            shift += distance;
            squares += distance * distance;
        }

        var offset = shift / period;
        var spread = Vector.Max(squares - (shift * offset), Vector<double>.Zero);
        return (origin + offset, Vector.SquareRoot(spread / period), distance - offset);
    }

    private static void Write(Span<double> results, int start, Vector<double> lanes)
    {
        if (!results.IsEmpty)
        {
            lanes.CopyTo(results[start..]);
        }
    }

    private static void Write(Span<double> results, int position, double value)
    {
        if (!results.IsEmpty)
        {
            results[position] = value;
        }
    }

    private static void Clear(Span<double> results, int count)
    {
        if (!results.IsEmpty)
        {
            results[..count].Fill(double.NaN);
        }
    }
}
