namespace Tracera.Volatility.Metrics.EwmaVol;

/// <summary><c>ewma_vol</c>, see <see cref="EwmaVolFormula"/>.</summary>
internal sealed class EwmaVolMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.EwmaVol];

    public void Compute(in MetricInput input, Span<double> values) =>
        values[0] = EwmaVolFormula.Of(input.Bars, input.Window.BucketsPerYear);
}
