using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Streaming;

/// <summary>Computes figures from what was added up, and from the store where that does not suffice.</summary>
internal sealed class StreamFigures(StreamBook book, FigureWriter writer, StoreFigures store, TimeProvider time, VolatilityMeter meter)
{
    private const int Part = 64;
    private readonly WindowFigures[] _figures = new WindowFigures[Part * Window.All.Length];
    private readonly int[] _read = new int[Part];

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
        for (var from = 0; from < page.Count; from += Part)
        {
            Compute(CollectionsMarshal.AsSpan(page).Slice(from, Math.Min(Part, page.Count - from)), windows, now, figures, missing);
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

    private void Compute(
        ReadOnlySpan<SeriesKey> series, ImmutableArray<Window> windows, DateTimeOffset now, List<VolatilitySnapshot> figures, List<SeriesKey>[] missing)
    {
        book.Read(series, windows, now, _figures, _read);
        for (var place = 0; place < series.Length * windows.Length; place++)
        {
            var (i, key) = (place % windows.Length, series[place / windows.Length]);
            if ((_read[place / windows.Length] >> i & 1) != 0)
            {
                figures.Add(Snapshot(key, windows[i], _figures[place], now));
            }
            else
            {
                (missing[i] ??= []).Add(key);
            }
        }
    }
}
