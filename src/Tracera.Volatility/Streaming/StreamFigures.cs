using System.Collections.Immutable;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Streaming;

/// <summary>Computes figures from what was added up, and from the store where that does not suffice.</summary>
internal sealed class StreamFigures(StreamBook book, FigureWriter writer, StoreFigures store, TimeProvider time, VolatilityMeter meter)
{
    // How many snapshots one processor makes on its own.
    private const int Part = 256;
    private WindowFigures[] _figures = [];
    private int[] _read = [];

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
        if (_read.Length < series.Length)
        {
            (_read, _figures) = (new int[series.Length], new WindowFigures[series.Length * Window.All.Length]);
        }

        book.Read(series, windows, now, _figures, _read);
        Parallel.For(0, (snapshots.Length + Part - 1) / Part, part =>
        {
            for (var place = part * Part; place < Math.Min((part + 1) * Part, snapshots.Length); place++)
            {
                var (key, i) = (place / windows.Length, place % windows.Length);
                snapshots[place] = (_read[key] >> i & 1) != 0 ? Snapshot(series[key], windows[i], _figures[place], now) : null;
            }
        });
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
}
