using BenchmarkDotNet.Attributes;
using Tracera.Ingestion;

namespace Tracera.Benchmarks;

/// <summary>Deciding over the ticks of one cycle.</summary>
[MemoryDiagnoser]
public class DeduplicatorBenchmarks
{
    private readonly RawPrice[] _rows = Names.Rows();
    private readonly Series[] _series =
        [.. Enumerable.Range(0, Names.Items).Select(i => new Series { Item = new ItemId(i + 1), Source = new SourceId(1), Place = i })];

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
        for (var i = 0; i < _rows.Length; i++)
        {
            var receivedAt = _deduplicator.Admit(ref _series[i], _rows[i], 1_700_000_000_000_000, 1_700_000_000_000_000);
            admitted += receivedAt != Deduplicator.HeldBack ? 1 : 0;
        }

        return admitted;
    }
}
