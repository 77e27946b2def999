using BenchmarkDotNet.Attributes;
using Tracera.Load;
using Tracera.Volatility.Engine;

namespace Tracera.Benchmarks;

/// <summary>All metrics of the four windows of a series, from what was added up, per series.</summary>
[MemoryDiagnoser]
public class StreamReadBenchmarks
{
    private const int Items = 1_000;

    // So few that one processor reads them on its own.
    private const int Few = 50;
    private readonly WindowFigures[] _figures = new WindowFigures[Few * Window.All.Length];
    private readonly SeriesKey[] _series = [.. Enumerable.Range(0, Items).Select(MetricBench.Series)];
    private readonly int[] _read = new int[Few];
    private MetricBench? _bench;
    private double[] _values = [];

    /// <summary>The share of buckets that hold ticks.</summary>
    [Params(1, 0.1)]
    public double Filled { get; set; }

    /// <summary>Fills the windows.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _bench = new MetricBench();
        _bench.Warm(Items, new BarFeed(Filled));
        _values = new double[_bench.Writer.Fields.Length];
    }

    /// <summary>Reads every series.</summary>
    [Benchmark(OperationsPerInvoke = Items)]
    public double Read()
    {
        for (var from = 0; from < Items; from += Few)
        {
            _bench!.Book.Read(_series.AsMemory(from, Few), Window.All, _bench.Clock.Now, _figures, _read);
            foreach (ref readonly var window in _figures.AsSpan())
            {
                _bench.Writer.Write(window, _values);
            }
        }

        return _values[0];
    }
}
