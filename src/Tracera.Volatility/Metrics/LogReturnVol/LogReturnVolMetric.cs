namespace Tracera.Volatility.Metrics.LogReturnVol;

/// <summary><c>log_return_vol</c>, see <see cref="LogReturnVolFormula"/>.</summary>
internal sealed class LogReturnVolMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.LogReturnVol];

    public void Compute(in MetricInput input, Span<double> values) =>
        values[0] = LogReturnVolFormula.Of(input.Bars, input.Window.BucketsPerYear);
}
