using Microsoft.Extensions.Logging;
using Tracera.Volatility.Moments;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Engine;

/// <summary>Computes the figures of one window of one series: the same for every way in which bars come in.</summary>
/// <remarks>Thread-safe and without state. It allocates the snapshot and its figures, nothing else.</remarks>
internal sealed class VolatilityEngine(MetricSet metrics, VolatilityMeter meter, ILogger<VolatilityEngine> logger)
{
    private readonly MetricRunner[] _runners = Runners(metrics, meter, logger);

    /// <summary>Computes every figure.</summary>
    /// <param name="window">The bars, and the price before them.</param>
    /// <param name="computedAt">The instant that the window ends at.</param>
    /// <returns>The figures.</returns>
    public VolatilitySnapshot Compute(SeriesWindow window, DateTimeOffset computedAt)
    {
        var bars = window.Bars.Span;
        var moments = BarCombination.Of(bars);
        var first = window.Prior ?? (bars.IsEmpty ? null : bars[0].Open);
        var input = new MetricInput(window.Window, moments, first, bars);
        var values = new double[metrics.Fields.Length];
        foreach (var runner in _runners)
        {
            runner.Run(window.Series, input, values);
        }

        var mean = moments.Count == 0 ? double.NaN : moments.Mean;
        return new VolatilitySnapshot(window.Series, window.Window, moments.Count, mean, metrics.Fields, values, computedAt);
    }

    private static MetricRunner[] Runners(MetricSet metrics, VolatilityMeter meter, ILogger logger)
    {
        var (runners, offset) = (new MetricRunner[metrics.Metrics.Length], 0);
        for (var i = 0; i < runners.Length; i++)
        {
            runners[i] = new MetricRunner(metrics.Metrics[i], offset, meter, logger);
            offset += metrics.Metrics[i].Fields.Count;
        }

        return runners;
    }
}
