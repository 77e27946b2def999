using System.Diagnostics.Metrics;

namespace Tracera.Volatility.Telemetry;

/// <summary>The instruments of <see cref="VolatilityInstruments"/>. Thread-safe.</summary>
internal sealed class VolatilityMeter
{
    private readonly Counter<long> _passes;
    private readonly Histogram<double> _passDuration;
    private readonly Counter<long> _computed;
    private readonly Counter<long> _published;
    private readonly Counter<long> _unpublished;
    private readonly UpDownCounter<int> _series;
    private readonly Counter<long> _seriesRefused;
    private readonly Counter<long> _cacheRefused;
    private readonly Counter<long> _metricFaults;
    private readonly Counter<long> _compared;
    private readonly Counter<long> _mismatches;
    private readonly Counter<long> _reread;

    public VolatilityMeter(IMeterFactory meters)
    {
        var meter = meters.Create(TraceraTelemetry.MeterName);
        _passes = meter.CreateCounter<long>(VolatilityInstruments.Passes, "{pass}");
        _passDuration = meter.CreateHistogram<double>(VolatilityInstruments.PassDuration, "s");
        _computed = meter.CreateCounter<long>(VolatilityInstruments.Computed, "{window}");
        _published = meter.CreateCounter<long>(VolatilityInstruments.Published, "{window}");
        _unpublished = meter.CreateCounter<long>(VolatilityInstruments.Unpublished, "{window}");
        _series = meter.CreateUpDownCounter<int>(VolatilityInstruments.Series, "{series}");
        _seriesRefused = meter.CreateCounter<long>(VolatilityInstruments.SeriesRefused, "{series}");
        _cacheRefused = meter.CreateCounter<long>(VolatilityInstruments.CacheRefused, "{window}");
        _compared = meter.CreateCounter<long>(VolatilityInstruments.Compared, "{window}");
        _mismatches = meter.CreateCounter<long>(VolatilityInstruments.Mismatches, "{window}");
        _reread = meter.CreateCounter<long>(VolatilityInstruments.Reread, "{series}");
        _metricFaults = meter.CreateCounter<long>(VolatilityInstruments.MetricFaults, "{call}");
    }

    public void PassEnded(string outcome, TimeSpan duration)
    {
        _passes.Add(1, new KeyValuePair<string, object?>(VolatilityInstruments.OutcomeTag, outcome));
        _passDuration.Record(duration.TotalSeconds);
    }

    public void Computed(Window window, int count) =>
        _computed.Add(count, new KeyValuePair<string, object?>(VolatilityInstruments.WindowTag, window.Name));

    public void Published(int count) => _published.Add(count);

    public void Unpublished(int count) => _unpublished.Add(count);

    public void SeriesChanged(int by) => _series.Add(by);

    public void SeriesRefused(int count) => _seriesRefused.Add(count);

    public void CacheRefused(int count) => _cacheRefused.Add(count);

    public void Reread(int count) => _reread.Add(count);

    public void Compared(int count, int mismatches)
    {
        _compared.Add(count);
        _mismatches.Add(mismatches);
    }

    public void MetricFaulted(string metric) =>
        _metricFaults.Add(1, new KeyValuePair<string, object?>(VolatilityInstruments.MetricTag, metric));
}
