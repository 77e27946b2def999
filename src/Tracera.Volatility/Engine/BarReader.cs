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
        if (bars.IsEmpty)
        {
            return new WindowFigures { LogReturnVol = double.NaN, EwmaVol = double.NaN };
        }

        var columns = WindowColumns.Mine;
        columns.Clear();

        // Counted from the first bar, so that ticks around one border of buckets stand close to it.
        var start = bars[0].StartMicroseconds;
        foreach (ref readonly var bar in bars)
        {
            columns.Add(Bucket.Of(bar), bar.StartMicroseconds - start);
        }

        columns.End();
        var run = new BucketRun { Buckets = (byte)bars.Length };
        run.Begin(Bucket.Of(bars[0]));
        ReturnKernel.Combine(columns, ref run);
        WindowKernel.Combine(columns, ref run);
        var total = default(WindowTotal);
        total.Begin(run, 0, 0);
        var figures = new WindowFigures { First = PricePair.Of(window.Prior ?? bars[0].Open), Last = PricePair.Of(bars[^1].Close) };
        ReturnKernel.Compute(run, null, window.Window.BucketsPerYear, out figures.LogReturnVol, out figures.EwmaVol);
        if (!total.TryMoments(window.Window.Level.WidthMicroseconds() * NarrowShare, out figures.Moments))
        {
            figures.Moments = BarCombination.Of(bars);
        }

        return figures;
    }
}
