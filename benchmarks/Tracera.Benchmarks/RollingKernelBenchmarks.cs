using BenchmarkDotNet.Attributes;
using Tracera.Load;
using Tracera.Volatility.Kernels;

namespace Tracera.Benchmarks;

/// <summary>Bollinger bands, slope and rate of change over a rolling window of 20, per point: several items at once, and one after the other by running sums.</summary>
[MemoryDiagnoser]
public class RollingKernelBenchmarks
{
    private const int Steps = 1_000;
    private const int Items = 8;
    private const double Width = 2;
    private readonly double[] _figures = new double[RollingKernel.Figures * Steps * Items];
    private double[][] _series = [];
    private double[][] _tiles = [];

    /// <summary>Makes calm prices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(3);
        _series = [.. Enumerable.Range(0, Items).Select(_ => Enumerable.Range(0, RollingKernel.Period + Steps).Select(_ => 100 + (0.01 * random.NextDouble())).ToArray())];
        _tiles = [.. _series.Chunk(RollingKernel.Lanes).Select(tile => Enumerable.Range(0, RollingKernel.Period + Steps).SelectMany(row => tile.Select(prices => prices[row])).ToArray())];
    }

    /// <summary>One lane an item.</summary>
    [Benchmark(OperationsPerInvoke = Steps * Items)]
    public double Lanes()
    {
        foreach (var tile in _tiles)
        {
            RollingKernel.Run(tile, RollingKernel.Lanes, Steps, Width, _figures);
        }

        return _figures[0];
    }

    /// <summary>Running sums.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Steps * Items)]
    public double RunningSums()
    {
        foreach (var prices in _series)
        {
            RollingPeer.Run(prices, _figures);
        }

        return _figures[0];
    }
}
