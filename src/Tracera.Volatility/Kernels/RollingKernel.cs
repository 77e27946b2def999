using System.Runtime.Intrinsics;

namespace Tracera.Volatility.Kernels;

/// <summary>Bollinger bands, least-squares slope and rate of change over a rolling window of 20 prices, for several items at once: one lane an item.</summary>
/// <remarks>
/// <para>
/// Prices stand in rows, one row a step and one place an item. Eight neighbouring windows share 13 rows; these are summed once, and so is each end that a window has more than its neighbour. Nothing
/// is carried from one group to the next, so nothing drifts and nothing is subtracted again.
/// </para>
/// <para>
/// Deviations count from a price that lies in all eight windows: between neighbours the subtraction is exact (Sterbenz, Floating-Point Computation, 1974), and because the origin is one of the 20,
/// Σd² is at most 20 times the centred sum, so that taking the mean out costs less than five bits. The slope is Σ(i−ī)·x/Σ(i−ī)², Draper, Smith, Applied Regression Analysis, 1998, chapter 1;
/// the bands are Bollinger's in the population form.
/// </para>
/// </remarks>
internal static class RollingKernel
{
    /// <summary>How many prices a window has, and how many rows stand before the first step.</summary>
    public const int Period = 20;

    /// <summary>How many figures a step yields: upper band, middle band, lower band, slope, change.</summary>
    public const int Figures = 5;

    /// <summary>How many windows are computed together, and so the least number of steps.</summary>
    public const int Group = 8;

    /// <summary>How many items this machine computes at once.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? RollingGroup512.Lanes : RollingGroup256.Lanes;

    /// <summary>Computes the figures of as many items as there are lanes.</summary>
    /// <param name="rows"><see cref="Period"/> rows before the first step, then a row a step.</param>
    /// <param name="lanes">How many places a row has: <see cref="Lanes"/>, or 4 or 8 by choice.</param>
    /// <param name="steps">How many steps, <see cref="Group"/> or more.</param>
    /// <param name="width">How many standard deviations the bands stand from the mean.</param>
    /// <param name="figures">Takes for each figure a row a step: prices for the bands, a price a step for the slope, percent for the change over 20 steps.</param>
    public static void Run(ReadOnlySpan<double> rows, int lanes, int steps, double width, Span<double> figures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, Group);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, (Period + steps) * lanes);
        ArgumentOutOfRangeException.ThrowIfLessThan(figures.Length, Figures * steps * lanes);
        for (var step = 0; step <= steps - Group; step += Group)
        {
            RunGroup(rows, lanes, step, steps, width, figures);
        }

        if (steps % Group != 0)
        {
            RunGroup(rows, lanes, steps - Group, steps, width, figures);
        }
    }

    private static void RunGroup(ReadOnlySpan<double> rows, int lanes, int step, int steps, double width, Span<double> figures)
    {
        var place = step * lanes;
        if (lanes == RollingGroup512.Lanes)
        {
            RollingGroup512.Compute(in rows[place], width, ref figures[place], steps * lanes);
        }
        else
        {
            RollingGroup256.Compute(in rows[place], width, ref figures[place], steps * lanes);
        }
    }
}
