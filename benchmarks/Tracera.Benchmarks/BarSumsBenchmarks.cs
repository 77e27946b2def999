using BenchmarkDotNet.Attributes;

namespace Tracera.Benchmarks;

/// <summary>Summing ticks into a bar exactly, per tick.</summary>
[MemoryDiagnoser]
public class BarSumsBenchmarks
{
    private const int Size = 1024;
    private readonly PriceTick[] _ticks = Names.Ticks(Size);

    /// <summary>Adds the ticks of one bucket up.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public BarSums Sum()
    {
        var sums = default(BarSums);
        for (var i = 0; i < _ticks.Length; i++)
        {
            sums += BarSums.Of(_ticks[i].Price, i * 1_000L);
        }

        return sums;
    }
}
