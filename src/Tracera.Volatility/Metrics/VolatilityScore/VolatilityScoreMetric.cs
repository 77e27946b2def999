using Microsoft.Extensions.Options;

namespace Tracera.Volatility.Metrics.VolatilityScore;

/// <summary><c>volatility_score</c>, see <see cref="VolatilityScoreFormula"/>.</summary>
internal sealed class VolatilityScoreMetric(IOptions<VolatilityOptions> options) : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.VolatilityScore];

    public void Compute(in MetricInput input, Span<double> values) =>
        values[0] = VolatilityScoreFormula.Of(input.Moments, options.Value.MinimumObservations);
}
