using Microsoft.Extensions.Logging;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Engine;

/// <summary>Computes the figures of one window of one series: the same for every way in which bars come in.</summary>
/// <remarks>
/// Thread-safe and without state. It allocates the snapshot and its figures, nothing else. The metrics that come with Tracera are written from the window's moments and log returns; each other
/// metric is called with the whole window.
/// </remarks>
internal sealed class VolatilityEngine(MetricSet metrics, FigureWriter writer, VolatilityMeter meter, ILogger<VolatilityEngine> logger)
{
    private readonly MetricRunner[] _runners = [.. writer.Others.Select(other => new MetricRunner(other.Metric, other.Place, meter, logger))];

    /// <summary>Computes every figure.</summary>
    /// <param name="window">The bars, and the price before them.</param>
    /// <param name="computedAt">The instant that the window ends at.</param>
    /// <returns>The figures.</returns>
    public VolatilitySnapshot Compute(SeriesWindow window, DateTimeOffset computedAt)
    {
        var figures = BarReader.Read(window);
        var values = new double[metrics.Fields.Length];
        writer.Write(figures, values);
        if (_runners.Length > 0)
        {
            Run(window, figures.Moments, values);
        }

        return new VolatilitySnapshot(window.Series, window.Window, figures.Moments.Count, figures.Mean, metrics.Fields, values, computedAt);
    }

    private void Run(SeriesWindow window, in WindowMoments moments, double[] values)
    {
        var bars = window.Bars.Span;
        var first = window.Prior ?? (bars.IsEmpty ? null : bars[0].Open);
        var input = new MetricInput(window.Window, moments, first, bars);
        foreach (var runner in _runners)
        {
            runner.Run(window.Series, input, values);
        }
    }
}
