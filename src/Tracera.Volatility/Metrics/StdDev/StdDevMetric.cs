namespace Tracera.Volatility.Metrics.StdDev;

/// <summary><c>stddev</c>, see <see cref="StdDevFormula"/>.</summary>
internal sealed class StdDevMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.StdDev];

    public void Compute(in MetricInput input, Span<double> values) => values[0] = StdDevFormula.Of(input.Moments);
}
