using System.Collections.Immutable;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Streaming;

/// <summary>Computes figures from what was added up, and from the store where that does not suffice.</summary>
internal sealed class StreamFigures(StreamBook book, FigureWriter writer, StoreFigures store, TimeProvider time, VolatilityMeter meter)
{
    // How many series are read before ticks are let in again.
    private const int Together = 512;
    private readonly WindowFigures[] _figures = new WindowFigures[Together * Window.All.Length];
    private readonly int[] _read = new int[Together];

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
        Compute(page, windows, now, figures, missing);
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

    private void Compute(List<SeriesKey> page, ImmutableArray<Window> windows, DateTimeOffset now, List<VolatilitySnapshot> figures, List<SeriesKey>[] missing)
    {
        var (series, snapshots) = (page.ToArray(), new VolatilitySnapshot?[page.Count * windows.Length]);
        for (var from = 0; from < series.Length; from += Together)
        {
            Read(from, series.AsMemory(from, Math.Min(Together, series.Length - from)), windows, now, snapshots);
        }

        for (var place = 0; place < snapshots.Length; place++)
        {
            if (snapshots[place] is { } snapshot)
            {
                figures.Add(snapshot);
            }
            else
            {
                (missing[place % windows.Length] ??= []).Add(series[place / windows.Length]);
            }
        }
    }

    private void Read(int at, ReadOnlyMemory<SeriesKey> series, ImmutableArray<Window> windows, DateTimeOffset now, VolatilitySnapshot?[] snapshots) =>
        book.Read(series, windows, now, _figures, _read, (from, count) =>
        {
            for (var place = from * windows.Length; place < (from + count) * windows.Length; place++)
            {
                var (key, i) = (place / windows.Length, place % windows.Length);
                if ((_read[key] >> i & 1) != 0)
                {
                    snapshots[(at * windows.Length) + place] = Snapshot(series.Span[key], windows[i], _figures[place], now);
                }
            }
        });
}
