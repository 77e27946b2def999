namespace Tracera.Testing;

/// <summary>What <see cref="IVolatilityMetric"/> asks of a metric.</summary>
public static class MetricRules
{
    /// <summary>There are fields, named in snake case, each once, and always the same.</summary>
    public static ConformanceRule Fields { get; } = new(
        "metric.fields", "The names of the figures in the order of Compute, unique among all metrics of a host; a dot nests (bollinger.upper).");

    /// <summary>One place for each field is filled.</summary>
    public static ConformanceRule FillsEveryPlace { get; } = new("metric.fills_every_place", "One place for each of Fields.");

    /// <summary>No input makes it throw.</summary>
    public static ConformanceRule AnswersEveryInput { get; } = new(
        "metric.answers_every_input", "Computes the figures. A figure that does not exist is NaN.");

    /// <summary>No figure is infinite, and none exists of a window without a tick and without a price before it. A count, which is 0 there, excepts this rule.</summary>
    public static ConformanceRule NaNForMissing { get; } = new("metric.nan_for_missing", "A figure that does not exist is NaN; it becomes null wherever it is shown.");

    /// <summary>The same input gives the same figures, whatever was computed before.</summary>
    public static ConformanceRule Pure { get; } = new(
        "metric.pure", "Pure: keeps no state between calls. It must depend only on the input, so that streaming and batch agree.");

    /// <summary>The same input gives the same figures on many threads at a time.</summary>
    public static ConformanceRule ThreadSafe { get; } = new("metric.thread_safe", "Thread-safe: one instance is used from many threads at a time.");

    /// <summary>Nothing is allocated.</summary>
    public static ConformanceRule AllocatesNothing { get; } = new("metric.allocates_nothing", "Keeps no state between calls and allocates nothing.");

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } = [Fields, FillsEveryPlace, AnswersEveryInput, NaNForMissing, Pure, ThreadSafe, AllocatesNothing];
}
