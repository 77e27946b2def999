namespace Tracera.Volatility.Metrics.Cov;

/// <summary><c>cov</c>, see <see cref="CovFormula"/>.</summary>
internal sealed class CovMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.Cov];

    public void Compute(in MetricInput input, Span<double> values) => values[0] = CovFormula.Of(input.Moments);
}
