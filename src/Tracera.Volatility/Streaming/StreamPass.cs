using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Configuration;
using Tracera.Volatility.Figures;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Streaming;

/// <summary>One round of streaming: fills what settles, computes what changed, then the windows that have slid on.</summary>
/// <remarks>
/// Not thread-safe: one loop runs one pass at a time. The first one takes every series that the store knows within the longest window. What changed is remembered until it is delivered, so a
/// store, a cache or a publisher that is away costs nothing but time.
/// </remarks>
internal sealed class StreamPass(
    StreamBook stream,
    SeriesFiller filler,
    StreamFigures figures,
    StoreFigures store,
    StreamComparison comparison,
    SeriesBook book,
    FigureOutlet outlet,
    IOptions<VolatilityOptions> options,
    TimeProvider time,
    VolatilityMeter meter,
    ILogger<StreamPass> logger) : IVolatilityPass
{
    private readonly ImmutableArray<Window> _windows = ChosenWindows.Of(options.Value);
    private readonly List<SeriesKey> _changed = [];
    private readonly List<SeriesKey> _due = [];
    private bool _isWarm;

    public async Task<PassResult> RunAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await WarmUpAsync(since, cancellationToken).ConfigureAwait(false);
        var isResumed = _changed.Count + _due.Count > 0;
        var (ready, due) = stream.Settlers();
        _due.AddRange(due);
        await ForPagesAsync(ready, page => filler.FillAsync(store.History, page, cancellationToken)).ConfigureAwait(false);

        // What a fill made live has changed by that; a series into which ticks come faster than it can be filled is computed from the store all the same.
        _due.RemoveAll(stream.IsLive);
        stream.TakeChanged(_changed);
        if (isResumed)
        {
            DropRepeated(_changed);
            DropRepeated(_due);
        }

        var (changed, windows) = (_changed.Count + _due.Count, (_changed.Count + _due.Count) * _windows.Length);
        var refused = Admit(_changed) + Admit(_due);
        await ForPagesAsync(_changed, page => DeliverAsync(page, _windows, cancellationToken)).ConfigureAwait(false);
        _changed.Clear();
        await ForPagesAsync(_due, page => DeliverStoredAsync(page, cancellationToken)).ConfigureAwait(false);
        _due.Clear();
        foreach (var window in _windows)
        {
            var slid = book.Slid(window, time.GetUtcNow());
            windows += slid.Count;
            await ForPagesAsync(slid, page => DeliverAsync(page, [window], cancellationToken)).ConfigureAwait(false);
        }

        await comparison.CompareWhenDueAsync(store.History, cancellationToken).ConfigureAwait(false);
        return new PassResult(changed, windows, refused);
    }

    private async ValueTask WarmUpAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (_isWarm)
        {
            return;
        }

        if (stream.NeedsBars)
        {
            StreamLog.BarsNeeded(logger);
        }

        await foreach (var series in store.History.ReadSeriesAsync(since, cancellationToken).ConfigureAwait(false))
        {
            stream.Admit(series);
        }

        _isWarm = true;
    }

    // What a pass that failed has left may have changed again.
    private static void DropRepeated(List<SeriesKey> series)
    {
        var seen = new HashSet<SeriesKey>(series.Count);
        series.RemoveAll(one => !seen.Add(one));
    }

    private int Admit(List<SeriesKey> changed)
    {
        var now = time.GetUtcNow();
        var refused = changed.RemoveAll(series => !book.TryAdmit(series, now));
        meter.SeriesRefused(refused);
        return refused;
    }

    private async ValueTask DeliverAsync(List<SeriesKey> page, ImmutableArray<Window> windows, CancellationToken cancellationToken) =>
        await DeliverAsync(await figures.ComputeAsync(page, windows, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async ValueTask DeliverStoredAsync(List<SeriesKey> page, CancellationToken cancellationToken) =>
        await DeliverAsync(await store.ComputeAsync(page, _windows, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async ValueTask DeliverAsync(List<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        await outlet.DeliverAsync(snapshots, cancellationToken).ConfigureAwait(false);
        foreach (var snapshot in snapshots)
        {
            if (snapshot.Count == 0 && !book.Contains(snapshot.Series))
            {
                stream.Forget(snapshot.Series);
            }
        }
    }

    private async ValueTask ForPagesAsync(List<SeriesKey> series, Func<List<SeriesKey>, ValueTask> run)
    {
        var size = options.Value.PageSize;
        for (var from = 0; from < series.Count; from += size)
        {
            await run(series.GetRange(from, Math.Min(size, series.Count - from))).ConfigureAwait(false);
        }
    }
}
