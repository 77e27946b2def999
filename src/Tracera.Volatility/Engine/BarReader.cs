using Tracera.Volatility.Kernels;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Engine;

/// <summary>Computes what figures are made of from the bars of a window.</summary>
internal static class BarReader
{
    // So that the moments of time are exact to 12 places.
    private const double NarrowShare = 1e-4;

    /// <summary>The moments and volatilities of a window of bars.</summary>
    public static WindowFigures Read(SeriesWindow window)
    {
        var bars = window.Bars.Span;
        var columns = WindowColumns.Mine;
        columns.Clear();
        if (bars.IsEmpty)
        {
            return new WindowFigures(default, Pair(window.Prior), null, double.NaN, double.NaN);
        }

        // Counted from the first bar, so that ticks around one border of buckets stand close to it.
        var start = bars[0].StartMicroseconds;
        foreach (ref readonly var bar in bars)
        {
            columns.Add(Bucket.Of(bar), bar.StartMicroseconds - start);
        }

        columns.End();
        ReturnKernel.Compute(columns, window.Window.BucketsPerYear, out var sample, out var weighted);
        if (!WindowKernel.TryCombine(columns, window.Window.Level.WidthMicroseconds() * NarrowShare, out var moments))
        {
            moments = BarCombination.Of(bars);
        }

        return new WindowFigures(moments, Pair(window.Prior ?? bars[0].Open), Pair(bars[^1].Close), sample, weighted);
    }

    private static PricePair? Pair(decimal? price) => price is { } known ? PricePair.Of(known) : null;
}
