using System.Collections.Concurrent;

namespace Tracera.Redis;

/// <summary>Rankings by other figures than the score, for which Redis holds no sorted set: made from the hashes of all items that are ranked, and kept for a while.</summary>
/// <remarks>Thread-safe. At most <see cref="MaxKept"/> are kept, each for <see cref="KeptFor"/>, so that whoever asks often does not read everything as often.</remarks>
internal sealed class FigureRanking(FigureStore figures, RankingStore rankings, TimeProvider time)
{
    private const int LeastPlaces = 100;
    private const int MaxKept = 64;
    private const int ChunkSize = 1_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<RankingQuery, Kept> _kept = new();

    public async Task<IReadOnlyList<VolatilitySnapshot>> ReadAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        var key = query with { Limit = 1 };
        if (!_kept.TryGetValue(key, out var kept) || kept.Limit < query.Limit || time.GetElapsedTime(kept.MadeAt) > KeptFor)
        {
            var whole = query with { Limit = Math.Max(query.Limit, LeastPlaces) };
            kept = new Kept(time.GetTimestamp(), whole.Limit, await MakeAsync(whole, cancellationToken).ConfigureAwait(false));
            Keep(key, kept);
        }

        return [.. kept.Places.Take(query.Limit)];
    }

    private async Task<List<VolatilitySnapshot>> MakeAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        var best = new List<VolatilitySnapshot>();
        foreach (var part in (await rankings.AllAsync(query, cancellationToken).ConfigureAwait(false)).Chunk(ChunkSize))
        {
            var found = await Task.WhenAll(part.Select(item => figures.GetAsync(query.Window, item, cancellationToken))).ConfigureAwait(false);
            var chosen = found.Select(snapshots => FigureOrder.Choose(snapshots, query.Source, query.Field)).OfType<VolatilitySnapshot>();
            best = FigureOrder.Rank(best.Concat(chosen), query);
        }

        return best;
    }

    private void Keep(RankingQuery key, Kept ranking)
    {
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[key] = ranking;
    }

    private sealed record Kept(long MadeAt, int Limit, List<VolatilitySnapshot> Places);
}
