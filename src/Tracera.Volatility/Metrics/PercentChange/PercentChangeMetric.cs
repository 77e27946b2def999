namespace Tracera.Volatility.Metrics.PercentChange;

/// <summary><c>percent_change</c>, see <see cref="PercentChangeFormula"/>.</summary>
internal sealed class PercentChangeMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.PercentChange];

    public void Compute(in MetricInput input, Span<double> values) => values[0] = PercentChangeFormula.Of(input.First, input.Last);
}
