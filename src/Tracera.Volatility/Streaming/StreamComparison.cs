using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Streaming;

/// <summary>Compares a sample of what was added up with the store, and counts what differs.</summary>
/// <remarks>Only series whose newest tick is the store's latest one, before and after it was read, are compared: the others have ticks on the way.</remarks>
internal sealed class StreamComparison(
    StreamBook book, StreamFigures figures, VolatilityEngine engine, IOptions<VolatilityOptions> options, TimeProvider time, VolatilityMeter meter, ILogger<StreamComparison> logger)
{
    private const double Tolerance = 1e-9;
    private readonly WindowFigures[] _figures = new WindowFigures[Window.All.Length];
    private readonly int[] _read = new int[1];
    private DateTimeOffset _nextAt = time.GetUtcNow() + options.Value.ComparisonInterval;
    private int _round;

    /// <summary>Compares when it is time to.</summary>
    public async ValueTask CompareWhenDueAsync(IPriceHistory history, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _nextAt || options.Value.ComparisonSample == 0)
        {
            return;
        }

        var (compared, different) = (0, new List<VolatilitySnapshot>());
        var sample = book.Sample(options.Value.ComparisonSample, _round++);
        for (var from = 0; from < sample.Count; from += options.Value.PageSize)
        {
            var page = sample.GetRange(from, Math.Min(options.Value.PageSize, sample.Count - from));
            compared += await ComparePageAsync(history, page, different, cancellationToken).ConfigureAwait(false);
        }

        _nextAt = time.GetUtcNow() + options.Value.ComparisonInterval;
        Note(compared, different);
    }

    /// <summary>Whether two figures say the same within a billionth.</summary>
    internal static bool Agree(VolatilitySnapshot stored, VolatilitySnapshot streamed)
    {
        var agree = stored.Count == streamed.Count && Agree(stored.Mean, streamed.Mean);
        for (var i = 0; i < stored.Fields.Count && agree; i++)
        {
            agree = Agree(stored.ValueAt(i), streamed.ValueAt(i));
        }

        return agree;
    }

    private static bool Agree(double? stored, double? streamed) =>
        stored is { } a && streamed is { } b ? Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b)) : stored is null && streamed is null;

    private async ValueTask<int> ComparePageAsync(
        IPriceHistory history, List<SeriesKey> page, List<VolatilitySnapshot> different, CancellationToken cancellationToken)
    {
        var (now, compared) = (time.GetUtcNow(), 0);
        var before = await SeriesFiller.LatestAsync(history, page, now, cancellationToken).ConfigureAwait(false);
        var stored = new List<VolatilitySnapshot>();
        foreach (var window in Window.All)
        {
            await foreach (var bars in history.ReadWindowsAsync(page, window, now, cancellationToken).ConfigureAwait(false))
            {
                stored.Add(engine.Compute(bars, now));
            }
        }

        var after = await SeriesFiller.LatestAsync(history, page, now, cancellationToken).ConfigureAwait(false);
        foreach (var group in stored.GroupBy(snapshot => snapshot.Series))
        {
            var newest = book.Newest(group.Key);
            book.Read(new[] { group.Key }, Window.All, now, _figures, _read);
            if (newest is null || book.Newest(group.Key) != newest || Newest(before, group.Key) != newest || Newest(after, group.Key) != newest)
            {
                continue;
            }

            foreach (var snapshot in group.Where(snapshot => (_read[0] >> snapshot.Window.Index & 1) != 0))
            {
                compared++;
                if (!Agree(snapshot, figures.Snapshot(group.Key, snapshot.Window, _figures[snapshot.Window.Index], now)))
                {
                    different.Add(snapshot);
                }
            }
        }

        return compared;
    }

    private static long? Newest(Dictionary<SeriesKey, PriceTick> ticks, SeriesKey series) =>
        ticks.TryGetValue(series, out var tick) ? tick.ObservedAtMicroseconds : null;

    private void Note(int compared, List<VolatilitySnapshot> different)
    {
        meter.Compared(compared, different.Count);
        if (different.Count == 0)
        {
            StreamLog.Agreed(logger, compared);
            return;
        }

        var first = different[0];
        StreamLog.Mismatched(logger, compared, different.Count, first.Window.Name, first.Series.Item.Value, first.Series.Source.Value);
        foreach (var series in different.Select(snapshot => snapshot.Series).Distinct())
        {
            book.Distrust(series);
        }
    }
}
