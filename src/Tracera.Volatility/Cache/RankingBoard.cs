using System.Collections.Concurrent;

namespace Tracera.Volatility.Cache;

/// <summary>Keeps the rankings that were asked for until the figures of their window change. Thread-safe and bounded.</summary>
internal sealed class RankingBoard(FigureTable table)
{
    private const int LeastPlaces = 100;
    private const int MaxKept = 512;
    private readonly ConcurrentDictionary<RankingKey, (long Version, int Limit, VolatilitySnapshot[] Places)> _kept = new();
    private readonly long[] _versions = new long[Window.All.Length];

    /// <summary>Says that figures of a window have changed; called after the change.</summary>
    public void Changed(Window window) => Interlocked.Increment(ref _versions[window.Index]);

    /// <summary>The places asked for.</summary>
    public IReadOnlyList<VolatilitySnapshot> Read(RankingQuery query)
    {
        // Read before the table is, so that a change in between makes what was read outdated.
        var version = Interlocked.Read(ref _versions[query.Window.Index]);
        var key = new RankingKey(query.Window.Index, query.Source, query.Ascending, query.Field);
        if (!_kept.TryGetValue(key, out var kept) || kept.Version != version || kept.Limit < query.Limit)
        {
            var limit = Math.Max(query.Limit, LeastPlaces);
            kept = (version, limit, new Ranking(query, limit).Read(table));
            Keep(key, kept);
        }

        return new ArraySegment<VolatilitySnapshot>(kept.Places, 0, Math.Min(query.Limit, kept.Places.Length));
    }

    private void Keep(RankingKey key, (long Version, int Limit, VolatilitySnapshot[] Places) ranking)
    {
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[key] = ranking;
    }

    private readonly record struct RankingKey(int Window, SourceId? Source, bool Ascending, string Field);
}
