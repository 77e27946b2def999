using System.Diagnostics.Metrics;

namespace Tracera.Postgres;

/// <summary>Counts what the store does.</summary>
internal sealed class PostgresMeter
{
    private readonly Histogram<double> _writeDuration;
    private readonly Counter<long> _staged;
    private readonly Counter<long> _deadLetters;

    public PostgresMeter(IMeterFactory meters)
    {
        var meter = meters.Create(TraceraTelemetry.MeterName);
        _writeDuration = meter.CreateHistogram<double>(PostgresInstruments.WriteDuration, "s", "How long it took to write a batch.");
        _staged = meter.CreateCounter<long>(PostgresInstruments.StagedBatches, "{batch}", "Batches that went through the staging table.");
        _deadLetters = meter.CreateCounter<long>(PostgresInstruments.DeadLetters, "{tick}", "Ticks that the server refused for good.");
    }

    public void Wrote(TimeSpan duration) => _writeDuration.Record(duration.TotalSeconds);

    public void Staged() => _staged.Add(1);

    public void DeadLettered(int count)
    {
        if (count > 0)
        {
            _deadLetters.Add(count);
        }
    }
}
