using System.Collections.Immutable;
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

/// <summary>Writes the figures of the metrics that come with Tracera without a look at the bars, each shared term computed once. Thread-safe.</summary>
/// <remarks>It knows these metrics by their types and writes each to its place among the figures of the host; all others are <see cref="Others"/>.</remarks>
internal sealed class FigureWriter
{
    private readonly double _width;
    private readonly int _minimum;
    private readonly int _stdDev;
    private readonly int _bollinger;
    private readonly int _percentChange;
    private readonly int _cov;
    private readonly int _trend;
    private readonly int _logReturnVol;
    private readonly int _ewmaVol;
    private readonly int _score;

    public FigureWriter(MetricSet metrics, IOptions<VolatilityOptions> options)
    {
        (_width, _minimum, Fields) = (options.Value.BollingerWidth, options.Value.MinimumObservations, metrics.Fields);
        var others = new List<(IVolatilityMetric Metric, int Place)>();
        var places = new Dictionary<Type, int>();
        var place = 0;
        foreach (var metric in metrics.Metrics)
        {
            if (!IsKnown(metric) || !places.TryAdd(metric.GetType(), place))
            {
                others.Add((metric, place));
            }

            place += metric.Fields.Count;
        }

        (_stdDev, _bollinger) = (PlaceOf<StdDevMetric>(places), PlaceOf<BollingerMetric>(places));
        (_percentChange, _cov) = (PlaceOf<PercentChangeMetric>(places), PlaceOf<CovMetric>(places));
        (_trend, _score) = (PlaceOf<TrendMetric>(places), PlaceOf<VolatilityScoreMetric>(places));
        (_logReturnVol, _ewmaVol) = (PlaceOf<LogReturnVolMetric>(places), PlaceOf<EwmaVolMetric>(places));
        Others = [.. others];
    }

    /// <summary>The names of all figures.</summary>
    public string[] Fields { get; }

    /// <summary>The metrics that need the bars, and where their figures stand.</summary>
    public ImmutableArray<(IVolatilityMetric Metric, int Place)> Others { get; }

    /// <summary>Writes the figures.</summary>
    public void Write(in WindowFigures window, Span<double> values)
    {
        ref readonly var moments = ref window.Moments;
        var deviation = StdDevFormula.Of(moments);
        var cov = moments.Mean == 0 ? double.NaN : deviation / moments.Mean;
        Put(values, _stdDev, deviation);
        Put(values, _percentChange, window.PercentChange);
        Put(values, _cov, cov);
        Put(values, _logReturnVol, window.LogReturnVol);
        Put(values, _ewmaVol, window.EwmaVol);
        Put(values, _score, moments.Count < _minimum ? double.NaN : cov);
        if (_bollinger >= 0)
        {
            var distance = _width * deviation;
            var middle = double.IsNaN(distance) ? double.NaN : moments.Mean;
            var bands = values.Slice(_bollinger, 3);
            (bands[2], bands[1], bands[0]) = (middle - distance, middle, middle + distance);
        }

        if (_trend >= 0)
        {
            var trend = values.Slice(_trend, 2);
            (trend[0], trend[1]) = TrendFormula.Of(moments);
        }
    }

    private static bool IsKnown(IVolatilityMetric metric) => metric
        is StdDevMetric or BollingerMetric or PercentChangeMetric or CovMetric or TrendMetric or LogReturnVolMetric or EwmaVolMetric or VolatilityScoreMetric;

    private static int PlaceOf<TMetric>(Dictionary<Type, int> places) => places.GetValueOrDefault(typeof(TMetric), -1);

    private static void Put(Span<double> values, int place, double value)
    {
        if (place >= 0)
        {
            values[place] = value;
        }
    }
}
