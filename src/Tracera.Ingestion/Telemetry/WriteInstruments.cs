using System.Diagnostics.Metrics;

namespace Tracera.Ingestion;

/// <summary>The instruments that are told of events; those that are read stand in the control folder.</summary>
internal sealed class WriteInstruments
{
    private readonly Histogram<double> _cycles;
    private readonly Counter<long> _skipped;
    private readonly Histogram<double> _writes;
    private readonly Histogram<int> _ticks;
    private readonly Counter<long> _failures;

    public WriteInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(TraceraTelemetry.MeterName);
        _cycles = meter.CreateHistogram<double>(IngestionMeters.CycleDuration, "s");
        _skipped = meter.CreateCounter<long>(IngestionMeters.CyclesSkipped, "{cycle}");
        _writes = meter.CreateHistogram<double>(IngestionMeters.WriteDuration, "s");
        _ticks = meter.CreateHistogram<int>(IngestionMeters.BatchTicks, "{tick}");
        _failures = meter.CreateCounter<long>(IngestionMeters.WriteFailures, "{write}");
    }

    public void CycleEnded(string provider, bool isSuccess, TimeSpan took) => _cycles.Record(
        took.TotalSeconds, new("provider", provider), new("outcome", isSuccess ? "completed" : "failed"));

    public void Skipped(string provider) => _skipped.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Wrote(string sink, int ticks, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("sink", sink);
        _writes.Record(took.TotalSeconds, tag);
        _ticks.Record(ticks, tag);
    }

    public void Failed(string sink, SinkFailure failure) => _failures.Add(
        1, new("sink", sink), new("failure", failure switch
        {
            SinkFailure.Permanent => "permanent",
            SinkFailure.Misconfigured => "misconfigured",
            _ => "transient",
        }));
}
