namespace Tracera.Testing.Tests;

internal delegate void Figures(in MetricInput input, Span<double> values);

/// <summary>A metric whose figures a test says.</summary>
internal sealed class FaultyMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; init; } = ["one"];

    public Figures Figures { get; init; } = (in MetricInput input, Span<double> values) => values.Fill(input.Bars.IsEmpty ? double.NaN : 1);

    public void Compute(in MetricInput input, Span<double> values) => Figures(input, values);
}
