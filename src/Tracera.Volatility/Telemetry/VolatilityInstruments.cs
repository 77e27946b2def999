namespace Tracera.Volatility;

/// <summary>The names of the instruments of the meter <see cref="TraceraTelemetry.MeterName"/> that this package writes.</summary>
public static class VolatilityInstruments
{
    /// <summary>Counts passes of the worker, with the tag <see cref="OutcomeTag"/>.</summary>
    public const string Passes = "tracera.volatility.passes";

    /// <summary>How long a pass took, in seconds.</summary>
    public const string PassDuration = "tracera.volatility.pass.duration";

    /// <summary>Counts windows of series that were computed, with the tag <see cref="WindowTag"/>.</summary>
    public const string Computed = "tracera.volatility.computed";

    /// <summary>Counts figures of windows that changed and were published.</summary>
    public const string Published = "tracera.volatility.published";

    /// <summary>Counts figures of windows that changed and that the publisher did not take; they are published when they are computed again.</summary>
    public const string Unpublished = "tracera.volatility.unpublished";

    /// <summary>How many series the worker keeps figures of.</summary>
    public const string Series = "tracera.volatility.series";

    /// <summary>Counts series that changed but found no room in the worker, once a pass.</summary>
    public const string SeriesRefused = "tracera.volatility.series.refused";

    /// <summary>Counts windows of series whose streamed figures were compared with the store's.</summary>
    public const string Compared = "tracera.volatility.compared";

    /// <summary>Counts those of <see cref="Compared"/> that differed by more than a billionth; their series are read from the store again.</summary>
    public const string Mismatches = "tracera.volatility.mismatches";

    /// <summary>Counts series that were read from the store because a tick came late, twice, corrected or early, or because they were new.</summary>
    public const string Reread = "tracera.volatility.series.reread";

    /// <summary>Counts figures that found no room in the in-process cache.</summary>
    public const string CacheRefused = "tracera.volatility.cache.refused";

    /// <summary>Counts calls of a metric that threw, with the tag <see cref="MetricTag"/>.</summary>
    public const string MetricFaults = "tracera.volatility.metric.faults";

    /// <summary>How a pass ended: <c>completed</c> or <c>failed</c>.</summary>
    public const string OutcomeTag = "outcome";

    /// <summary>The window's name.</summary>
    public const string WindowTag = "window";

    /// <summary>The metric's type.</summary>
    public const string MetricTag = "metric";
}
