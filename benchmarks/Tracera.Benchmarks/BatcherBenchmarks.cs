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
    private readonly TickBatcher _batcher = new(RunId.New(DateTimeOffset.UtcNow), "load", BatchLane.Live, Size, TimeProvider.System);

    /// <summary>One batch, per tick.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public int FillAndTake()
    {
        _batcher.Begin();
        foreach (ref readonly var row in _rows.AsSpan(0, Size))
        {
            _batcher.Add(_series, row, 1_700_000_000_000_000, 1_700_000_000_000_000);
        }

        var lease = _batcher.Take();
        lease.Release();
        return lease.Count;
    }
}
