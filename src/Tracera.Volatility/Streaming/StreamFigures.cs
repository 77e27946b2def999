using System.Collections.Immutable;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Streaming;

/// <summary>Computes figures from what was added up, and from the store where that does not suffice.</summary>
internal sealed class StreamFigures(StreamBook book, FigureWriter writer, StoreFigures store, TimeProvider time, VolatilityMeter meter)
{
    private readonly WindowFigures[] _figures = new WindowFigures[Window.All.Length];

    /// <summary>Computes one page.</summary>
    /// <param name="page">The series.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="cancellationToken">Ends the reading of the store.</param>
    /// <returns>The figures of each window of each series.</returns>
    public async ValueTask<List<VolatilitySnapshot>> ComputeAsync(
        List<SeriesKey> page, ImmutableArray<Window> windows, CancellationToken cancellationToken)
    {
        var (figures, now) = (new List<VolatilitySnapshot>(page.Count * windows.Length), time.GetUtcNow());
        var missing = new List<SeriesKey>[windows.Length];
        foreach (var series in page)
        {
            var read = book.Read(series, windows, now, _figures);
            for (var i = 0; i < windows.Length; i++)
            {
                if ((read >> i & 1) != 0)
                {
                    figures.Add(Snapshot(series, windows[i], _figures[i], now));
                }
                else
                {
                    (missing[i] ??= []).Add(series);
                }
            }
        }

        for (var i = 0; i < windows.Length; i++)
        {
            if (missing[i] is { } asked)
            {
                figures.AddRange(await store.ComputeAsync(asked, [windows[i]], cancellationToken, book.Tell).ConfigureAwait(false));
            }

            meter.Computed(windows[i], page.Count - (missing[i]?.Count ?? 0));
        }

        return figures;
    }

    /// <summary>Makes the figures of a window.</summary>
    public VolatilitySnapshot Snapshot(SeriesKey series, Window window, in WindowFigures figures, DateTimeOffset now)
    {
        var values = new double[writer.Fields.Length];
        writer.Write(figures, values);
        return new VolatilitySnapshot(series, window, figures.Moments.Count, figures.Mean, writer.Fields, values, now);
    }
}
