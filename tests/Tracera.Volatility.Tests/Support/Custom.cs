namespace Tracera.Volatility.Tests.Support;

/// <summary>A metric of an app's own: computes one figure by a function.</summary>
internal sealed class Custom(string field, Func<long, double> figure) : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = [field];

    public void Compute(in MetricInput input, Span<double> values) => values[0] = figure(input.Moments.Count);
}
