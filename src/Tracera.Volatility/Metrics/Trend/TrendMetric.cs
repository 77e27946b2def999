namespace Tracera.Volatility.Metrics.Trend;

/// <summary><c>trend_score</c> and <c>trend_r2</c>, see <see cref="TrendFormula"/>.</summary>
internal sealed class TrendMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.TrendScore, MetricFields.TrendR2];

    public void Compute(in MetricInput input, Span<double> values) => (values[0], values[1]) = TrendFormula.Of(input.Moments);
}
