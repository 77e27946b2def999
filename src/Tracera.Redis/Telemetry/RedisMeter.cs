using System.Diagnostics.Metrics;

namespace Tracera.Redis;

/// <summary>Counts what happens at Redis.</summary>
internal sealed class RedisMeter
{
    private readonly Meter _meter;
    private readonly Histogram<double> _writeDuration;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _conflated;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _refilled;
    private readonly Counter<long> _fallbacks;

    public RedisMeter(IMeterFactory meters)
    {
        _meter = meters.Create(TraceraTelemetry.MeterName);
        _writeDuration = _meter.CreateHistogram<double>(RedisInstruments.WriteDuration, "s", "How long a batch took.");
        _dropped = _meter.CreateCounter<long>(RedisInstruments.MessagesDropped, "{message}", "Messages that were no update, too long, or known already.");
        _gaps = _meter.CreateCounter<long>(RedisInstruments.Gaps, "{gap}", "Gaps that subscribers were told of.");
        _conflated = _meter.CreateCounter<long>(RedisInstruments.Conflated, "{batch}", "Batches that were joined for a slow subscriber.");
        _refused = _meter.CreateCounter<long>(RedisInstruments.Refused, "{tick}", "Ticks ahead of the clock without room.");
        _refilled = _meter.CreateCounter<long>(RedisInstruments.Refilled, "{series}", "Series that were offered from the store.");
        _fallbacks = _meter.CreateCounter<long>(RedisInstruments.Fallbacks, "{read}", "Reads that the store answered because Redis was away.");
    }

    public void Wrote(TimeSpan duration, bool succeeded) =>
        _writeDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", succeeded ? "written" : "failed"));

    public void Dropped(string reason) => _dropped.Add(1, Reason(reason));

    public void Gap(string reason) => _gaps.Add(1, Reason(reason));

    public void Conflated(int batches) => _conflated.Add(batches);

    public void Refused() => _refused.Add(1);

    public void Refilled(int series) => _refilled.Add(series);

    public void Fallback() => _fallbacks.Add(1);

    public void ObservePending(Func<int> pending) =>
        _ = _meter.CreateObservableGauge(RedisInstruments.Pending, pending, "{tick}", "Ticks ahead of the clock.");

    public void ObserveSubscriptions(Func<int> subscriptions) =>
        _ = _meter.CreateObservableGauge(RedisInstruments.Subscriptions, subscriptions, "{subscription}", "Open subscriptions.");

    private static KeyValuePair<string, object?> Reason(string reason) => new(RedisInstruments.ReasonTag, reason);
}
