using Microsoft.Extensions.Options;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Figures;

/// <summary>The series whose figures this host keeps up to date, at most <see cref="VolatilityOptions.MaxSeries"/>.</summary>
/// <remarks>Not thread-safe: it belongs to the one loop that computes.</remarks>
internal sealed class SeriesBook(IOptions<VolatilityOptions> options, VolatilityMeter meter)
{
    private readonly Dictionary<SeriesKey, TrackedFigures> _series = [];

    /// <summary>How many series are kept.</summary>
    public int Count => _series.Count;

    /// <summary>Whether a series is kept.</summary>
    public bool Contains(SeriesKey series) => _series.ContainsKey(series);

    /// <summary>Takes a series that changed, if there is room.</summary>
    /// <returns>Whether it is kept.</returns>
    public bool TryAdmit(SeriesKey series, DateTimeOffset changedAt)
    {
        if (!_series.TryGetValue(series, out var tracked))
        {
            if (_series.Count >= options.Value.MaxSeries)
            {
                return false;
            }

            _series.Add(series, tracked = new TrackedFigures());
            meter.SeriesChanged(1);
        }

        tracked.ChangedAt = changedAt;
        return true;
    }

    /// <summary>Whether figures say something else than those published before.</summary>
    public bool IsNews(VolatilitySnapshot snapshot) => !_series.TryGetValue(snapshot.Series, out var tracked) || tracked.IsNews(snapshot);

    /// <summary>Keeps figures, and lets go of series that have fallen silent.</summary>
    /// <param name="snapshots">The figures.</param>
    /// <param name="published">Whether those that are news were published.</param>
    public void Remember(IReadOnlyList<VolatilitySnapshot> snapshots, bool published)
    {
        foreach (var snapshot in snapshots)
        {
            var tracked = _series.GetValueOrDefault(snapshot.Series);
            tracked?.Remember(snapshot, published || !tracked.IsNews(snapshot));
        }

        foreach (var snapshot in snapshots)
        {
            if (snapshot.Count == 0 && _series.GetValueOrDefault(snapshot.Series) is { IsSilent: true })
            {
                _series.Remove(snapshot.Series);
                meter.SeriesChanged(-1);
            }
        }
    }

    /// <summary>The series whose window has slid on since its figures were computed, ordered by item and source.</summary>
    public List<SeriesKey> Slid(Window window, DateTimeOffset now)
    {
        var (slid, lastBucket) = (new List<SeriesKey>(), window.Level.Floor(now));
        foreach (var (series, tracked) in _series)
        {
            if (tracked.HasSlid(window, lastBucket))
            {
                slid.Add(series);
            }
        }

        slid.Sort(static (a, b) => a.Item == b.Item ? a.Source.CompareTo(b.Source) : a.Item.CompareTo(b.Item));
        return slid;
    }
}
