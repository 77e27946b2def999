using System.Collections.Immutable;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Worker;

/// <summary>Computes figures from the bars in the store, one page of series at a time.</summary>
internal sealed class StoreFigures(VolatilityEngine engine, TimeProvider time, VolatilityMeter meter, IPriceHistory? history = null)
{
    /// <summary>The store.</summary>
    public IPriceHistory History => history!;

    /// <summary>Reads and computes one page.</summary>
    /// <param name="page">The series.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="seen">Sees each window that was read.</param>
    /// <returns>The figures of each window of each series.</returns>
    public async ValueTask<List<VolatilitySnapshot>> ComputeAsync(
        List<SeriesKey> page, ImmutableArray<Window> windows, CancellationToken cancellationToken, Action<SeriesWindow>? seen = null)
    {
        var (figures, now) = (new List<VolatilitySnapshot>(page.Count * windows.Length), time.GetUtcNow());
        foreach (var window in windows)
        {
            await foreach (var bars in History.ReadWindowsAsync(page, window, now, cancellationToken).ConfigureAwait(false))
            {
                figures.Add(engine.Compute(bars, now));
                seen?.Invoke(bars);
            }

            meter.Computed(window, page.Count);
        }

        return figures;
    }
}
