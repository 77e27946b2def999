using BenchmarkDotNet.Attributes;
using Tracera.Ingestion;

namespace Tracera.Benchmarks;

/// <summary>Gathering ticks into a batch and letting it go.</summary>
[MemoryDiagnoser]
public class BatcherBenchmarks
{
    private const int Size = IngestionOptions.DefaultBatchSize;
    private readonly RawPrice[] _rows = Names.Rows();
    private readonly Series _series = new() { Item = new ItemId(1), Source = new SourceId(1) };
    private readonly TickBatcher _batcher = new(TimeProvider.System);

    /// <summary>Begins the run that the ticks are of.</summary>
    public BatcherBenchmarks() =>
        _batcher.BeginRun(new RunRow(RunId.New(DateTimeOffset.UtcNow), "load", DateTimeOffset.UtcNow), BatchLane.Live, Size);

    /// <summary>One batch, per tick.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public int FillAndTake()
    {
        _batcher.Begin(table: 1, place: 0);
        foreach (ref readonly var row in _rows.AsSpan(0, Size))
        {
            _batcher.Add(_series, row, 1_700_000_000_000_000, 1_700_000_000_000_000);
        }

        var lease = _batcher.Take(table: 1);
        lease.Release();
        return lease.Count;
    }
}
