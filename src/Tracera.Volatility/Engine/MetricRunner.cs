using Microsoft.Extensions.Logging;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Engine;

/// <summary>Calls one metric; a fault of it costs its own figures and nobody else's. Thread-safe.</summary>
internal sealed class MetricRunner(IVolatilityMetric metric, int offset, VolatilityMeter meter, ILogger logger)
{
    private readonly string _name = metric.GetType().Name;
    private readonly int _fields = metric.Fields.Count;
    private int _faulted;

    /// <summary>Computes the metric's figures into their places.</summary>
    public void Run(SeriesKey series, in MetricInput input, Span<double> values)
    {
        var own = values.Slice(offset, _fields);
        try
        {
            metric.Compute(input, own);
        }
        catch (Exception fault)
        {
            own.Fill(double.NaN);
            meter.MetricFaulted(_name);
            if (Interlocked.Exchange(ref _faulted, 1) == 0)
            {
                EngineLog.MetricFaulted(logger, fault, _name, series.Item.Value, series.Source.Value, input.Window.Name);
            }
        }
    }
}
