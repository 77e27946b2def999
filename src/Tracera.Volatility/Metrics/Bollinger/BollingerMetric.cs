using Microsoft.Extensions.Options;

namespace Tracera.Volatility.Metrics.Bollinger;

/// <summary><c>bollinger.upper</c>, <c>bollinger.middle</c>, <c>bollinger.lower</c>, see <see cref="BollingerFormula"/>.</summary>
internal sealed class BollingerMetric(IOptions<VolatilityOptions> options) : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [MetricFields.BollingerUpper, MetricFields.BollingerMiddle, MetricFields.BollingerLower];

    public void Compute(in MetricInput input, Span<double> values) =>
        (values[0], values[1], values[2]) = BollingerFormula.Of(input.Moments, options.Value.BollingerWidth);
}
