using BenchmarkDotNet.Attributes;
using Tracera.Ingestion;

namespace Tracera.Benchmarks;

/// <summary>Gathering ticks into a batch and letting it go.</summary>
[MemoryDiagnoser]
public class BatcherBenchmarks
{
    private const int Size = IngestionOptions.DefaultBatchSize;
    private readonly PriceTick[] _ticks = Names.Ticks(Size);
    private readonly TickBatcher _batcher = new(RunId.New(DateTimeOffset.UtcNow), "load", BatchLane.Live, Size, TimeProvider.System);

    /// <summary>One batch, per tick.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public int FillAndTake()
    {
        foreach (ref readonly var tick in _ticks.AsSpan())
        {
            _batcher.Add(tick);
        }

        var lease = _batcher.Take();
        lease.Release();
        return lease.Count;
    }
}
