namespace Tracera;

/// <summary>Computes one or more figures of a window.</summary>
/// <remarks>
/// Pure and thread-safe: one instance is used from many threads at a time, keeps no state between calls and allocates nothing. A figure that does
/// not exist is <see cref="double.NaN"/>; it becomes null wherever it is shown. It must depend only on the input, so that streaming and batch agree.
/// </remarks>
public interface IVolatilityMetric
{
    /// <summary>The names of the figures in the order of <see cref="Compute"/>, unique among all metrics of a host; a dot nests (<c>bollinger.upper</c>).</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>Computes the figures.</summary>
    /// <param name="input">The window.</param>
    /// <param name="values">One place for each of <see cref="Fields"/>.</param>
    void Compute(in MetricInput input, Span<double> values);
}
