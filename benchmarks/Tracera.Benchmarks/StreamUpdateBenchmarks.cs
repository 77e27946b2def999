using BenchmarkDotNet.Attributes;
using Tracera.Load;

namespace Tracera.Benchmarks;

/// <summary>Adding a tick to all windows of its series, per tick: series whose windows are full, each every 10 s.</summary>
/// <remarks>An iteration takes a few milliseconds, so it takes many until the runtime has compiled what is hot a second time: only then does it count.</remarks>
[WarmupCount(200)]
[IterationCount(30)]
[MemoryDiagnoser]
public class StreamUpdateBenchmarks
{
    private const int Ticks = 120_000;
    private const int Batch = 1_000;
    private const long Step = 10_000_000;
    private readonly PriceTick[] _ticks = new PriceTick[Ticks];
    private readonly List<SeriesKey> _changed = new(Ticks);
    private MetricBench? _bench;
    private long _at = UnixTime.ToMicroseconds(MetricBench.Instant);

    /// <summary>How many series there are.</summary>
    [Params(1_000, 10_000)]
    public int Items { get; set; }

    /// <summary>Fills the windows.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _bench = new MetricBench();
        _bench.Warm(Items, new BarFeed(1));
    }

    /// <summary>Makes the ticks of some minutes.</summary>
    [IterationSetup]
    public void Make()
    {
        for (var i = 0; i < _ticks.Length; i++)
        {
            var series = MetricBench.Series(i % Items);
            _at += i % Items == 0 ? Step : 0;
            _ticks[i] = new PriceTick(series.Item, series.Source, new decimal(10_000 + (i % 977), 0, 0, isNegative: false, scale: 2), null, _at, _at);
        }

        _changed.Clear();
        _bench!.Book.TakeChanged(_changed);
        _bench.Clock.Now = UnixTime.FromMicroseconds(_at);
    }

    /// <summary>Offers them in batches.</summary>
    [Benchmark(OperationsPerInvoke = Ticks)]
    public int Offer()
    {
        var repeated = 0;
        for (var from = 0; from < _ticks.Length; from += Batch)
        {
            repeated += _bench!.Book.Offer(_ticks.AsSpan(from, Batch)).Repeated;
        }

        return repeated;
    }
}
