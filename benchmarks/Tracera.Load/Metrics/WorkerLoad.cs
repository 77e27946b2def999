using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracera.Volatility;
using Tracera.Volatility.Cache;
using Tracera.Volatility.Figures;
using Tracera.Volatility.Worker;

namespace Tracera.Load;

/// <summary>The first pass of the worker over many series whose every bucket holds ticks: levels read by pages, figures kept in the book and in the in-process cache.</summary>
internal sealed class WorkerLoad
{
    private const long Mebibyte = 1 << 20;

    // What a series may cost, as the options say, and what may lie about beside what is kept: pages, and garbage that was not collected yet.
    private const long MostKeptBytes = 1_536;
    private const long MostBesideMebibytes = 512;
    private readonly int _items;
    private readonly LevelSource _source;
    private readonly VolatilityPass _pass;
    private readonly PeakCache _cache;
    private readonly long _before;

    public WorkerLoad(int items)
    {
        _items = items;
        var (bench, feed) = (new MetricBench(), new BarFeed(1));
        var options = Options.Create(new VolatilityOptions { MaxSeries = items });
        _source = new LevelSource(items, feed, options.Value.PageSize);
        _before = GC.GetTotalMemory(true);
        _cache = new PeakCache(new InProcessVolatilityCache(options, bench.Meter, NullLogger<InProcessVolatilityCache>.Instance));
        var book = new SeriesBook(options, bench.Meter);
        var outlet = new FigureOutlet(book, _cache, bench.Meter, NullLoggerFactory.Instance.CreateLogger<FigureOutlet>());
        _pass = new VolatilityPass(new StoreFigures(bench.Engine, bench.Clock, bench.Meter, _source), book, outlet, options, bench.Clock, bench.Meter);
    }

    /// <summary>What is kept of a series.</summary>
    public long KeptBytes { get; private set; }

    /// <summary>The most that was in memory beyond what is kept in the end.</summary>
    public long BesideMebibytes { get; private set; }

    /// <summary>One pass.</summary>
    /// <returns>Milliseconds.</returns>
    public async Task<double> RunAsync(CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var result = await _pass.RunAsync(MetricBench.Instant - TimeSpan.FromDays(31), cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        WrongCountException.ThrowUnless(_items, result.Changed, "Series of the pass");
        WrongCountException.ThrowUnless(4L * _items, result.Windows, "Windows of the pass");
        WrongCountException.ThrowUnless(4L * _items, _source.Windows, "Windows that were read");
        var kept = GC.GetTotalMemory(true) - _before;
        (KeptBytes, BesideMebibytes) = (kept / _items, Math.Max(0, _cache.Peak - _before - kept) / Mebibyte);
        WrongCountException.ThrowUnless(0, Math.Max(0, KeptBytes - MostKeptBytes), "Bytes kept of a series beyond what is allowed");
        WrongCountException.ThrowUnless(0, Math.Max(0, BesideMebibytes - MostBesideMebibytes), "Mebibytes beside what is kept beyond what is allowed");
        GC.KeepAlive(_pass);
        return elapsed.TotalMilliseconds;
    }
}
