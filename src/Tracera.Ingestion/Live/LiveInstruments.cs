namespace Tracera.Ingestion;

/// <summary>The names of the instruments of the in-process updates, on the meter <see cref="TraceraTelemetry.MeterName"/>.</summary>
public static class LiveInstruments
{
    /// <summary>Counter: batches that a slow subscriber lost.</summary>
    public const string Dropped = "tracera.live.dropped";

    /// <summary>Counter: ticks that were not taken, by the tag <see cref="ReasonTag"/>: <c>series_limit</c> or <c>pending_limit</c>.</summary>
    public const string Refused = "tracera.live.refused";

    /// <summary>Gauge: series whose latest tick is kept.</summary>
    public const string Series = "tracera.live.series";

    /// <summary>Gauge: ticks ahead of the clock that wait for their time.</summary>
    public const string Pending = "tracera.live.pending";

    /// <summary>Gauge: open subscriptions.</summary>
    public const string Subscriptions = "tracera.live.subscriptions";

    /// <summary>The tag that says why.</summary>
    public const string ReasonTag = "reason";
}
