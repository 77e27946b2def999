using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Configuration;
using Tracera.Volatility.Figures;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Worker;

/// <summary>One pass: all windows of the series that changed, then the windows that have slid on.</summary>
/// <remarks>
/// Not thread-safe: one loop runs one pass at a time. Only keys of series are held for the whole of a pass, at most
/// <see cref="VolatilityOptions.MaxSeries"/>; bars and figures come and go by pages. No reading of the store stays open while figures are computed.
/// </remarks>
internal sealed class VolatilityPass(
    StoreFigures store,
    SeriesBook book,
    FigureOutlet outlet,
    IOptions<VolatilityOptions> options,
    TimeProvider time,
    VolatilityMeter meter) : IVolatilityPass
{
    private readonly ImmutableArray<Window> _windows = ChosenWindows.Of(options.Value);

    public async Task<PassResult> RunAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (changed, refused) = await ReadChangedAsync(since, cancellationToken).ConfigureAwait(false);
        var windows = await ComputeAsync(changed, _windows, cancellationToken).ConfigureAwait(false);
        foreach (var window in _windows)
        {
            var slid = await ComputeAsync(book.Slid(window, time.GetUtcNow()), [window], cancellationToken).ConfigureAwait(false);
            windows += slid;
        }

        return new PassResult(changed.Count, windows, refused);
    }

    private async ValueTask<(List<SeriesKey> Changed, int Refused)> ReadChangedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (changed, refused, now) = (new List<SeriesKey>(), 0, time.GetUtcNow());
        await foreach (var series in store.History.ReadSeriesAsync(since, cancellationToken).ConfigureAwait(false))
        {
            if (book.TryAdmit(series, now))
            {
                changed.Add(series);
            }
            else
            {
                refused++;
            }
        }

        meter.SeriesRefused(refused);
        return (changed, refused);
    }

    private async ValueTask<int> ComputeAsync(
        List<SeriesKey> series, ImmutableArray<Window> windows, CancellationToken cancellationToken)
    {
        var (size, computed) = (options.Value.PageSize, 0);
        for (var from = 0; from < series.Count; from += size)
        {
            var page = series.GetRange(from, Math.Min(size, series.Count - from));
            var figures = await store.ComputeAsync(page, windows, cancellationToken).ConfigureAwait(false);
            await outlet.DeliverAsync(figures, cancellationToken).ConfigureAwait(false);
            computed += figures.Count;
        }

        return computed;
    }
}
