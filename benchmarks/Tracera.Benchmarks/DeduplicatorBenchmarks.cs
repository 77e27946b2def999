using BenchmarkDotNet.Attributes;
using Tracera.Ingestion;

namespace Tracera.Benchmarks;

/// <summary>Deciding over the ticks of one cycle.</summary>
[MemoryDiagnoser]
public class DeduplicatorBenchmarks
{
    private readonly PriceTick[] _ticks = Names.Ticks(Names.Items);
    private Deduplicator _deduplicator = new(new IngestionOptions());

    /// <summary>Whether prices of cycles before are compared too.</summary>
    [Params(false, true)]
    public bool OnlyChanges { get; set; }

    /// <summary>Makes the deduplicator.</summary>
    [GlobalSetup]
    public void Make() => _deduplicator = new(new IngestionOptions { Store = OnlyChanges ? StoreMode.Changes : StoreMode.All });

    /// <summary>A whole cycle of new ticks.</summary>
    [Benchmark(OperationsPerInvoke = Names.Items)]
    public int Admit()
    {
        _deduplicator.BeginCycle(BatchLane.Live);
        return Run();
    }

    /// <summary>The same ticks over again.</summary>
    [Benchmark(OperationsPerInvoke = Names.Items)]
    public int Repeat() => Run();

    private int Run()
    {
        var admitted = 0;
        foreach (ref var tick in _ticks.AsSpan())
        {
            admitted += _deduplicator.Admit(ref tick) ? 1 : 0;
        }

        return admitted;
    }
}
