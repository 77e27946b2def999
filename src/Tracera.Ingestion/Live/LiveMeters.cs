using System.Diagnostics.Metrics;

namespace Tracera.Ingestion;

/// <summary>The instruments of the in-process updates.</summary>
internal sealed class LiveMeters
{
    private static readonly KeyValuePair<string, object?> SeriesLimit = new(LiveInstruments.ReasonTag, "series_limit");
    private static readonly KeyValuePair<string, object?> PendingLimit = new(LiveInstruments.ReasonTag, "pending_limit");
    private readonly Meter _meter;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _refused;

    public LiveMeters(IMeterFactory meters)
    {
        _meter = meters.Create(TraceraTelemetry.MeterName);
        _dropped = _meter.CreateCounter<long>(LiveInstruments.Dropped, "{batch}", "Batches of updates that a slow subscriber lost.");
        _refused = _meter.CreateCounter<long>(LiveInstruments.Refused, "{tick}", "Ticks that there was no room for.");
    }

    public void CountDropped() => _dropped.Add(1);

    public void CountSeriesLimit() => _refused.Add(1, SeriesLimit);

    public void CountPendingLimit() => _refused.Add(1, PendingLimit);

    public void Observe(Func<int> series, Func<int> pending, Func<int> subscriptions)
    {
        _ = _meter.CreateObservableGauge(LiveInstruments.Series, series, "{series}", "Series whose latest tick is kept.");
        _ = _meter.CreateObservableGauge(LiveInstruments.Pending, pending, "{tick}", "Ticks ahead of the clock.");
        _ = _meter.CreateObservableGauge(LiveInstruments.Subscriptions, subscriptions, "{subscription}", "Open subscriptions.");
    }
}
