using Tracera;

namespace CustomMetric;

/// <summary><c>range_percent</c>: how far the highest price of a window stands above the lowest, in percent of the mean.</summary>
public sealed class RangeMetric : IVolatilityMetric
{
    public IReadOnlyList<string> Fields { get; } = ["range_percent"];

    public void Compute(in MetricInput input, Span<double> values)
    {
        if (input.Bars.IsEmpty)
        {
            values[0] = double.NaN;
            return;
        }

        var (low, high) = (decimal.MaxValue, decimal.MinValue);
        foreach (ref readonly var bar in input.Bars)
        {
            (low, high) = (Math.Min(low, bar.Low), Math.Max(high, bar.High));
        }

        values[0] = (double)(high - low) / input.Moments.Mean * 100;
    }
}
