using System.Diagnostics;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Moments;

namespace Tracera.Load;

/// <summary>Computing the figures of all four windows of many series anew, from what is held in memory.</summary>
internal sealed class RecomputeLoad
{
    private const int Page = 500;
    private readonly MetricBench _bench = new();
    private readonly BarFeed _feed;
    private readonly List<SeriesKey> _series;

    public RecomputeLoad(int items, double filled)
    {
        _feed = new BarFeed(filled);
        _series = [.. Enumerable.Range(0, items).Select(MetricBench.Series)];
        Refill();
    }

    /// <summary>What the memory of a series takes.</summary>
    public long BytesPerSeries => _bench.Book.Bytes / _series.Count;

    /// <summary>Milliseconds for all series, their snapshots included.</summary>
    public async Task<double> OursAsync(CancellationToken cancellationToken)
    {
        var (startedAt, figures) = (Stopwatch.GetTimestamp(), 0);
        for (var from = 0; from < _series.Count; from += Page)
        {
            var page = _series.GetRange(from, Math.Min(Page, _series.Count - from));
            figures += (await _bench.Figures.ComputeAsync(page, Window.All, cancellationToken)).Count(snapshot => snapshot.Mean is not null);
        }

        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        WrongCountException.ThrowUnless(_series.Count * Window.All.Length, figures, "Windows that were computed");
        return elapsed.TotalMilliseconds;
    }

    /// <summary>Fills all series anew, so that nothing is kept of what their windows came to.</summary>
    public void Refill()
    {
        _series.ForEach(_bench.Book.Distrust);
        _bench.Warm(_series.Count, _feed);
    }

    /// <summary>Milliseconds for as many series by the scalar way: bars combined one after the other in double-double, each metric called with the window.</summary>
    public double Theirs(int items)
    {
        var values = new double[_bench.Writer.Fields.Length];
        var startedAt = Stopwatch.GetTimestamp();
        for (var item = 0; item < items; item++)
        {
            foreach (var window in _feed.Windows(item))
            {
                var bars = window.Bars.Span;
                var input = new MetricInput(window.Window, BarCombination.Of(bars), window.Prior, bars);
                var place = 0;
                foreach (var metric in _bench.Metrics)
                {
                    metric.Compute(input, values.AsSpan(place, metric.Fields.Count));
                    place += metric.Fields.Count;
                }
            }
        }

        return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds * _series.Count / items;
    }
}
