using Microsoft.Extensions.Options;
using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.EwmaVol;
using Tracera.Volatility.Metrics.LogReturnVol;
using Tracera.Volatility.Metrics.PercentChange;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Metrics.VolatilityScore;

namespace Tracera.Volatility.Engine;

/// <summary>Writes the figures of the metrics that come with Tracera without a look at the bars. Thread-safe.</summary>
/// <remarks>It knows these metrics by their types and writes each to its place among the figures of the host; all others are <see cref="Others"/>.</remarks>
internal sealed class FigureWriter
{
    private static readonly Type[] Known =
    [
        typeof(StdDevMetric), typeof(BollingerMetric), typeof(PercentChangeMetric), typeof(CovMetric), typeof(TrendMetric), typeof(LogReturnVolMetric), typeof(EwmaVolMetric),
        typeof(VolatilityScoreMetric),
    ];

    private readonly int[] _places;
    private readonly IOptions<VolatilityOptions> _options;

    public FigureWriter(MetricSet metrics, IOptions<VolatilityOptions> options)
    {
        _options = options;
        Fields = metrics.Fields;
        _places = [.. Known.Select(_ => -1)];
        var others = new List<(IVolatilityMetric Metric, int Place)>();
        var place = 0;
        foreach (var metric in metrics.Metrics)
        {
            var index = Array.IndexOf(Known, metric.GetType());
            if (index >= 0)
            {
                _places[index] = place;
            }
            else
            {
                others.Add((metric, place));
            }

            place += metric.Fields.Count;
        }

        Others = [.. others];
    }

    /// <summary>The names of all figures.</summary>
    public string[] Fields { get; }

    /// <summary>The metrics that need the bars, and where their figures stand.</summary>
    public IReadOnlyList<(IVolatilityMetric Metric, int Place)> Others { get; }

    /// <summary>Writes the figures.</summary>
    public void Write(in WindowFigures window, Span<double> values)
    {
        var moments = window.Moments;
        Put(values, 0, StdDevFormula.Of(moments));
        if (_places[1] >= 0)
        {
            (values[_places[1]], values[_places[1] + 1], values[_places[1] + 2]) = BollingerFormula.Of(moments, _options.Value.BollingerWidth);
        }

        Put(values, 2, window.PercentChange);
        Put(values, 3, CovFormula.Of(moments));
        if (_places[4] >= 0)
        {
            (values[_places[4]], values[_places[4] + 1]) = TrendFormula.Of(moments);
        }

        Put(values, 5, window.LogReturnVol);
        Put(values, 6, window.EwmaVol);
        Put(values, 7, VolatilityScoreFormula.Of(moments, _options.Value.MinimumObservations));
    }

    private void Put(Span<double> values, int known, double value)
    {
        if (_places[known] >= 0)
        {
            values[_places[known]] = value;
        }
    }
}
