namespace Tracera.Abstractions.Tests.Registration;

/// <summary>A metric of an app's own.</summary>
internal sealed class RangeMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = ["range"];

    public void Compute(in MetricInput input, Span<double> values) => values[0] = input.Bars.Length;
}
