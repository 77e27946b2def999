namespace Tracera.Testing.Tests;

/// <summary>A metric as it should be: the span from the lowest to the highest price.</summary>
internal sealed class RangeMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = ["range.width", "range.ratio"];

    public void Compute(in MetricInput input, Span<double> values)
    {
        values.Fill(double.NaN);
        if (input.Bars.IsEmpty)
        {
            return;
        }

        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var bar in input.Bars)
        {
            low = Math.Min(low, (double)bar.Low);
            high = Math.Max(high, (double)bar.High);
        }

        values[0] = high - low;
        values[1] = low > 0 ? high / low : double.NaN;
    }
}
