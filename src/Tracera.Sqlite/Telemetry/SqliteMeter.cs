using System.Diagnostics.Metrics;

namespace Tracera.Sqlite;

/// <summary>Counts what the store does.</summary>
internal sealed class SqliteMeter
{
    private readonly Histogram<double> _writeDuration;
    private readonly Counter<long> _ticksRemoved;
    private readonly Counter<long> _barsRemoved;
    private readonly Counter<long> _closedTicks;

    public SqliteMeter(IMeterFactory meters, StoreFiles files)
    {
        var meter = meters.Create(TraceraTelemetry.MeterName);
        _writeDuration = meter.CreateHistogram<double>(SqliteInstruments.WriteDuration, "s", "How long a batch's transaction took.");
        _ticksRemoved = meter.CreateCounter<long>(SqliteInstruments.TicksRemoved, "{tick}", "Ticks that retention or the ceiling removed.");
        _barsRemoved = meter.CreateCounter<long>(SqliteInstruments.BarsRemoved, "{bar}", "Bars that retention or the ceiling removed.");
        _closedTicks = meter.CreateCounter<long>(SqliteInstruments.ClosedTicks, "{tick}", "Late ticks of buckets whose ticks are gone.");
        meter.CreateObservableGauge(SqliteInstruments.DiskUsage, () => files.TotalBytes, "By", "What the file and its logs take of the disk.");
    }

    public void Wrote(TimeSpan duration) => _writeDuration.Record(duration.TotalSeconds);

    public void RemovedTicks(long count, string reason) => _ticksRemoved.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void RemovedBars(long count, BarLevel level, string reason) => _barsRemoved.Add(
        count, new KeyValuePair<string, object?>("level", level.Name()), new KeyValuePair<string, object?>("reason", reason));

    public void Closed(long count) => _closedTicks.Add(count);
}
